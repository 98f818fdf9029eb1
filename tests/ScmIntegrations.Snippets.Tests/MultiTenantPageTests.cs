using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The code of docs/how-to/multi-tenant.md.</summary>
public sealed class MultiTenantPageTests
{
    private static CancellationToken Cancellation => PageSetup.Cancellation;

    [Fact]
    public async Task Named_clients_speak_each_for_its_own()
    {
        var (gitHub, app) = await PageSetup.StartAsync();
        await using var server = gitHub;
        gitHub.AddInstallation(app, 43, "globex");
        gitHub.AddRepository("globex/shop");
        await using var services = gitHub.Provide(services => Register(services, app.ClientId, app.PrivateKeyPem));

        (await services.GetRequiredService<Catalog>().CountAsync(Cancellation)).Should().Be(1);
        (await ReadNamedAsync(services.GetRequiredService<IGitHubIntegrationClientFactory>(), "globex", Cancellation)).Should().Equal("globex/shop");
    }

    [Fact]
    public async Task A_client_is_made_for_an_installation_that_only_the_database_knows()
    {
        var (gitHub, app) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.Provide(services => RegisterApp(services, app.ClientId, app.PrivateKeyPem));
        var catalogue = new TenantCatalog(services.GetRequiredService<IGitHubIntegrationClientFactory>());

        (await catalogue.ReadAsync(42, new("acme/api"), Cancellation)).Tree.Files.Should().HaveCount(2);
        (await catalogue.ReadAsync(42, new("acme/api"), Cancellation)).Status.Should().Be(TreeStatus.Cached);
        await HearAsync(services.GetRequiredService<IGitHubIntegrationClientFactory>(), new GitHubPushEvent { Repository = new("acme/api"), Ref = "refs/heads/main", InstallationId = 42 }, Cancellation);
        (await catalogue.ReadAsync(42, new("acme/api"), Cancellation)).Tree.Files.Should().HaveCount(2);
    }

    private static void Register(IServiceCollection services, string clientId, string privateKeyPem)
    {
        // snippet:named
        services.AddScmIntegrations().AddGitHub("acme", gitHub => gitHub.UseInstallation(clientId, privateKeyPem, installationId: 42));
        services.AddScmIntegrations().AddGitHub("globex", gitHub => gitHub.UseInstallation(clientId, privateKeyPem, installationId: 43));
        services.AddSingleton<Catalog>();
        // end-snippet
    }

    private static void RegisterApp(IServiceCollection services, string clientId, string privateKeyPem)
    {
        // snippet:app
        services.AddScmIntegrations().AddGitHub(gitHub =>
        {
            gitHub.UseApp(clientId, privateKeyPem);
            gitHub.MaxInstallationClients = 5_000;
        });
        // end-snippet
    }

    private static async Task<List<string>> ReadNamedAsync(IGitHubIntegrationClientFactory clients, string name, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        // snippet:by-name
        var client = clients.GetClient(name);
        await foreach (var repository in client.ListRepositoriesAsync(cancellationToken: cancellationToken))
        {
            names.Add(repository.FullName);
        }
        // end-snippet
        return names;
    }

    private static async Task HearAsync(IGitHubIntegrationClientFactory clients, GitHubWebhookEvent webhook, CancellationToken cancellationToken)
    {
        // snippet:invalidate
        await clients.InvalidateAsync(webhook, cancellationToken);
        // end-snippet
    }

    // snippet:keyed
    public sealed class Catalog([FromKeyedServices("acme")] IGitHubIntegrationClient acme)
    {
        public async Task<int> CountAsync(CancellationToken cancellationToken) =>
            await acme.ListRepositoriesAsync(cancellationToken: cancellationToken).CountAsync(cancellationToken);
    }
    // end-snippet

    // snippet:installation
    private sealed class TenantCatalog(IGitHubIntegrationClientFactory clients)
    {
        public Task<CachedTree> ReadAsync(long installationId, RepositoryRef repository, CancellationToken cancellationToken) =>
            clients.GetInstallationClient(installationId).GetCachedTreeAsync(repository, cancellationToken: cancellationToken);
    }
    // end-snippet
}
