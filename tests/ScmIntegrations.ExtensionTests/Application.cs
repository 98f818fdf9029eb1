using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.ExtensionTests;

/// <summary>An application with clients of a GitHub that plays along.</summary>
internal sealed class Application : IAsyncDisposable
{
    public const string Token = "ghp_TheTokenOfOctocat0123456789abcdefgh";
    public const string OtherToken = "ghp_TheTokenOfHubot0123456789abcdefghij";

    public static readonly RepositoryRef Api = new("acme/api");

    private Application(FakeGitHub gitHub, ServiceProvider services) => (GitHub, Services) = (gitHub, services);

    public FakeGitHub GitHub { get; }

    public ServiceProvider Services { get; }

    public IGitHubIntegrationClient Client => Services.GetRequiredService<IGitHubIntegrationClient>();

    public IGitHubIntegrationClientFactory Clients => Services.GetRequiredService<IGitHubIntegrationClientFactory>();

    public static async Task<Application> StartAsync(Action<IScmIntegrationsBuilder, FakeGitHub> add)
    {
        var gitHub = await FakeGitHub.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        gitHub.AddToken(Token, "octocat");
        gitHub.AddToken(OtherToken, "hubot");
        gitHub.AddRepository("acme/api").Push(FakeTree.Generate(3));
        gitHub.AddRepository("acme/empty");
        var services = new ServiceCollection();
        add(services.AddScmIntegrations(), gitHub);
        return new(gitHub, services.BuildServiceProvider());
    }

    /// <summary>What every client of a test has set.</summary>
    public static void Set(GitHubIntegrationOptions options, FakeGitHub gitHub)
    {
        options.ApiAddress = gitHub.Address;
        options.Resilience.BackoffBase = TimeSpan.Zero;
    }

    public static IConfigurationSection Section(string path, params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(one => KeyValuePair.Create($"{path}:{one.Key}", (string?)one.Value)))
        .Build()
        .GetSection(path);

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
