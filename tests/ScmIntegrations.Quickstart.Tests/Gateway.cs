using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>A Scalekit with one client, and the program that speaks to it.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    public const string ClientId = "skc_quickstart";
    public const string ClientSecret = "client-secret-of-the-tests";

    private Gateway(FakeScalekit server) => Server = server;

    public FakeScalekit Server { get; }

    public string[] Options => ["--gateway-url", Server.Address.AbsoluteUri, "--client-id", ClientId, "--client-secret", ClientSecret];

    public static async Task<Gateway> StartAsync(Action<FakeScalekitOptions>? configure = null)
    {
        var server = await FakeScalekit.StartAsync(configure, TestContext.Current.CancellationToken);
        server.AddClient(ClientId, ClientSecret);
        return new Gateway(server);
    }

    public Task<AppRun> RunAsync(params string[] arguments) => AppRun.WithAsync([.. arguments, .. Options, "--json"]);

    public Task<AppRun> RunForPeopleAsync(params string[] arguments) => AppRun.WithAsync([.. arguments, .. Options]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
