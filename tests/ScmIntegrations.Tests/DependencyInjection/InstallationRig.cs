using System.Runtime.CompilerServices;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.DependencyInjection;

/// <summary>An App that is installed at many accounts, <c>org1</c> with <c>org1/api</c> as installation 1 and so on, and a client without an installation.</summary>
internal sealed class InstallationRig : IAsyncDisposable
{
    private InstallationRig(ClientFixture fixture) => Fixture = fixture;

    public ClientFixture Fixture { get; }

    public FakeGitHub GitHub => Fixture.GitHub;

    public IGitHubIntegrationClientFactory Clients => Fixture.Clients;

    public int Mints => GitHub.Count(HttpMethod.Post, "/app/installations/{id}/access_tokens");

    public static async Task<InstallationRig> StartAsync(int accounts = 3, Action<GitHubIntegrationOptions>? configure = null, Action<ClientSetup>? more = null)
    {
        var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Client = options =>
            {
                options.UseApp(ClientSetup.ClientId, TestKeys.Pkcs1);
                configure?.Invoke(options);
            };
            more?.Invoke(setup);
        });
        var app = fixture.GitHub.AddApp(1, ClientSetup.ClientId, TestKeys.Pkcs1);
        for (var number = 1; number <= accounts; number++)
        {
            fixture.GitHub.AddInstallation(app, number, $"org{number}");
            fixture.GitHub.AddRepository($"org{number}/api").Push(FakeTree.Generate(5, number));
        }

        return new(fixture);
    }

    public static RepositoryRef Api(long number) => new($"org{number}/api");

    public Task<GitHubRepository> GetAsync(long installation) =>
        Clients.GetInstallationClient(installation).GetRepositoryAsync(Api(installation), TestContext.Current.CancellationToken);

    /// <summary>Whether an installation's tree had to be asked for.</summary>
    public Task<bool> AsksAsync(long installation) => AsksAsync(Clients.GetInstallationClient(installation), Api(installation));

    /// <summary>Whether a tree had to be asked for, be it only whether it has moved.</summary>
    public async Task<bool> AsksAsync(IGitHubIntegrationClient client, RepositoryRef repository)
    {
        var before = GitHub.Requests.Count;
        await client.GetCachedTreeAsync(repository, "main", TestContext.Current.CancellationToken);
        return GitHub.Requests.Count > before;
    }

    /// <summary>Asks for a client and lets it go; apart, so that no local of the test holds it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WeakReference Touch(long installation) => new(Clients.GetInstallationClient(installation));

    public ValueTask DisposeAsync() => Fixture.DisposeAsync();
}
