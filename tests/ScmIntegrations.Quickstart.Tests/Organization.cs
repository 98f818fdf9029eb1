using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>A fake GitHub with an organisation, a user's token and an App.</summary>
internal sealed class Organization : IAsyncDisposable
{
    public const string Token = "ghp_TheTokenOfTheTests0000000000000000";
    public const string TreeOf = "/repos/acme/{name}/git/trees/{sha}";

    private Organization(FakeGitHub server)
    {
        Server = server;
        App = server.AddApp(1, "Iv23liTests");
        Installation = server.AddInstallation(App, 42, "acme");
        server.AddToken(Token, "octocat");
    }

    public FakeGitHub Server { get; }

    public FakeApp App { get; }

    public FakeInstallation Installation { get; }

    public static async Task<Organization> StartAsync(Action<FakeGitHubOptions>? configure = null) =>
        new(await FakeGitHub.StartAsync(configure, TestContext.Current.CancellationToken));

    /// <summary>Adds a repository of acme with these files; without any it is empty.</summary>
    public FakeRepository Add(string name, params string[] files) => Server.AddRepository($"acme/{name}", repository =>
    {
        if (files.Length > 0)
        {
            repository.Tree = FakeTree.FromPaths(files);
        }
    });

    /// <summary>Runs a command with the user's token and JSON lines.</summary>
    public Task<AppRun> RunAsync(params string[] arguments) =>
        AppRun.WithAsync([.. arguments, "--json", "--api-url", Server.Address.AbsoluteUri, "--token", Token]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
