using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Snippets.Tests;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>Octokit for customers: by name, and for installations that are known at run time.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task Each_installation_speaks_with_its_own_token()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.AddRepository("globex/api");
        var app = gitHub.AddApp(7, "Iv23liPages");
        gitHub.AddInstallation(app, 42, "acme");
        gitHub.AddInstallation(app, 43, "globex");
        await using var services = gitHub.Provide(services => RegisterApp(services, app.ClientId, app.PrivateKeyPem));
        var releases = new CustomerRepositories(services.GetRequiredService<IOctokitIntegrationClientFactory>());

        (await releases.GetAsync(42, "acme", "api", PageSetup.Cancellation)).FullName.Should().Be("acme/api");
        (await releases.GetAsync(43, "globex", "api", PageSetup.Cancellation)).FullName.Should().Be("globex/api");

        gitHub.Find(HttpMethod.Get, "/repos/{owner}/{repo}").Select(request => request.Token).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_named_client_is_taken_by_its_name()
    {
        await using var gitHub = await PageSetup.StartAsync();
        await using var services = gitHub.Provide(services =>
        {
            services.AddScmIntegrations().AddGitHub("acme", options => options.UseToken(PageSetup.Token)).AddOctokit();
            services.AddTransient<AcmeRepositories>();
        });

        (await services.GetRequiredService<AcmeRepositories>().GetAsync("api")).FullName.Should().Be("acme/api");
    }

    private static void RegisterApp(IServiceCollection services, string clientId, string privateKeyPem)
    {
        // snippet:app
        services.AddScmIntegrations()
            .AddGitHub(gitHub => gitHub.UseApp(clientId, privateKeyPem))
            .AddOctokit();
        // end-snippet
    }

    // snippet:installation
    private sealed class CustomerRepositories(IOctokitIntegrationClientFactory clients)
    {
        public Task<Repository> GetAsync(long installationId, string owner, string name, CancellationToken cancellationToken) =>
            clients.GetInstallationClient(installationId).RunAsync("get_repository", gitHub => gitHub.Repository.Get(owner, name), cancellationToken);
    }
    // end-snippet

    // snippet:keyed
    private sealed class AcmeRepositories([FromKeyedServices("acme")] IGitHubClient gitHub)
    {
        public Task<Repository> GetAsync(string name) => gitHub.Repository.Get("acme", name);
    }
    // end-snippet
}
