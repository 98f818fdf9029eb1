using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.PostgreSQL.Tests.Instances;
using ScmIntegrations.Resilience.Sharing;
using ScmIntegrations.Testing;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>A client as an application registers it, and what it logs.</summary>
internal sealed class Client : IAsyncDisposable
{
    public static readonly SecondLevelKey Key = SecondLevelKey.Of("test", "host", "me", "key");

    private readonly ServiceProvider _services;

    public Client(Action<IScmIntegrationsBuilder> share, FakeGitHub? gitHub = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        var builder = services.AddScmIntegrations();
        share(builder);
        builder.AddGitHub(options =>
        {
            options.ApiAddress = gitHub?.Address ?? options.ApiAddress;
            options.UseToken(InstanceProgram.Token);
        });
        _services = services.BuildServiceProvider();
    }

    public RecordingLog Log { get; } = new();

    public IServiceProvider Services => _services;

    public IGitHubIntegrationClient GitHub => _services.GetRequiredService<IGitHubIntegrationClient>();

    public SharedStores Shared => _services.GetRequiredService<SharedStores>();

    public Task<StoreAnswer<Aged<byte[]>?>> FindAsync() =>
        Shared.SecondLevel!.FindAsync(Key, StoreBudget.Behind(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal sealed class RecordingLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(EventId Event, LogLevel Level, string Text)> _lines = new();

        public IEnumerable<(EventId Event, LogLevel Level, string Text)> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((eventId, logLevel, formatter(state, exception) + exception));

        public void Dispose()
        {
        }
    }
}
