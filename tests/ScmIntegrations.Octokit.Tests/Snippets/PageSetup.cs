using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Snippets.Tests;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>What the code of docs/how-to/beside-octokit.md runs against, so that it works as well as it compiles.</summary>
internal static class PageSetup
{
    public const string Token = "ghp_TheTokenOfThePages0123456789abcdefgh";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A GitHub with a repository that has two files, one that is empty, and a scripted one that is limited.</summary>
    public static async Task<FakeGitHub> StartAsync()
    {
        var gitHub = await FakeGitHub.StartAsync(cancellationToken: Cancellation);
        gitHub.AddToken(Token, "octocat");
        gitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.FromPaths("README.md", "src/Program.cs"));
        gitHub.AddRepository("acme/empty");
        return gitHub;
    }

    /// <summary>Octokit on the line of one client with a token, and whatever else a test registers.</summary>
    public static ServiceProvider ProvideOctokit(this FakeGitHub gitHub, Action<IServiceCollection>? register = null) => gitHub.Provide(services =>
    {
        services.AddScmIntegrations().AddGitHub(options => options.UseToken(Token)).AddOctokit();
        register?.Invoke(services);
    });
}
