using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>What the code of the pages runs against, so that it works as well as it compiles.</summary>
internal static class PageSetup
{
    public const string Token = "ghp_TheTokenOfThePages0123456789abcdefgh";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A GitHub with a repository, an App and its installation 42.</summary>
    public static async Task<(FakeGitHub GitHub, FakeApp App)> StartAsync()
    {
        var gitHub = await FakeGitHub.StartAsync(cancellationToken: Cancellation);
        gitHub.AddToken(Token, "octocat");
        gitHub.AddRepository("acme/api", repository => repository.Push(new FakeTreeBuilder().File("README.md", "# API").File("src/Program.cs").Build()));
        var app = gitHub.AddApp(7, "Iv23liPages");
        gitHub.AddInstallation(app, 42, "acme");
        return (gitHub, app);
    }

    /// <summary>One client with a token.</summary>
    public static ServiceProvider ProvideClient(this FakeGitHub gitHub) =>
        gitHub.Provide(services => services.AddScmIntegrations().AddGitHub(options => options.UseToken(Token)));
}
