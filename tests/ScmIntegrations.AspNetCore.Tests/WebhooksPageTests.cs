using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Accounts;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests;

/// <summary>The code of docs/webhooks.md and docs/health-checks.md, as it stands there.</summary>
public sealed class WebhooksPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_application_of_the_pages_runs()
    {
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: Token);
        gitHub.AddToken("ghp_acme", "octocat");
        var repository = gitHub.AddRepository("acme/api", one => one.Tree = FakeTree.Generate(3));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Scm:Webhooks:Secrets:0", Deliveries.Secret)]);
        var builds = new BuildQueue();
        builder.Services.AddSingleton(builds).AddSingleton<UserDirectory>();
        builder.Services.AddScmIntegrations().AddConnectedAccounts().AddGitHub("acme", options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseToken("ghp_acme");
        });
        Register(builder);
        RegisterHealth(builder.Services);
        await using var app = builder.Build();
        Map(app);
        MapHealth(app);
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        (await SendAsync(http, "push", Deliveries.Push())).Should().Be(HttpStatusCode.Accepted);
        builds.Started.Should().Equal("acme/api");
        (await SendAsync(http, "github_app_authorization", Deliveries.AuthorizationRevoked())).Should().Be(HttpStatusCode.Accepted);
        (await http.GetAsync(new Uri("/health/live", UriKind.Relative), Token)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Token)).StatusCode.Should().Be(HttpStatusCode.OK);
        repository.Should().NotBeNull();
    }

    private static void Register(WebApplicationBuilder builder)
    {
        // snippet:add-webhooks
        builder.Services.AddScmIntegrations()
            .AddGitHubWebhooks(builder.Configuration.GetSection("Scm:Webhooks")) // Secrets:0, and Secrets:1 while it is changed
            .AddHandler<BuildOnPush>()
            .On<GitHubInstallationEvent>((services, installation, cancellationToken) =>
                services.GetRequiredService<BuildQueue>().ForgetAsync(installation.InstallationId, cancellationToken));
        // end-snippet

        // snippet:revoked
        builder.Services.AddScmIntegrations()
            .AddGitHubWebhooks(builder.Configuration.GetSection("Scm:Webhooks"))
            .DisconnectRevokedAccounts(async (services, revoked, cancellationToken) =>
                await services.GetRequiredService<UserDirectory>().AccountsOfAsync(revoked.UserId, cancellationToken));
        // end-snippet
    }

    private static void Map(WebApplication app)
    {
        // snippet:map-webhooks
        app.MapGitHubWebhooks("/github/webhooks");
        // end-snippet
    }

    private static void RegisterHealth(IServiceCollection services)
    {
        // snippet:health
        services.AddHealthChecks()
            .AddGitHub("acme", options => options.Probe = true); // GET /rate_limit, once a minute at most
        // end-snippet
    }

    private static void MapHealth(WebApplication app)
    {
        // snippet:map-health
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => !check.Tags.Contains("github") });
        app.MapHealthChecks("/health/ready");
        // end-snippet
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, string name, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/github/webhooks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(GitHubWebhookHeaders.Event, name);
        request.Headers.Add(GitHubWebhookHeaders.Delivery, name);
        request.Headers.Add(GitHubWebhookHeaders.Signature, Deliveries.Sign(body));
        return (await http.SendAsync(request, Token)).StatusCode;
    }

    // snippet:handler
    private sealed class BuildOnPush(BuildQueue builds) : IGitHubWebhookHandler
    {
        public Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default) =>
            webhook is GitHubPushEvent { Repository: { } repository, IsDeleted: false } push
                ? builds.AddAsync(repository, push.After, cancellationToken)
                : Task.CompletedTask;
    }
    // end-snippet

    private sealed class BuildQueue
    {
        public List<string> Started { get; } = [];

        public Task AddAsync(RepositoryRef repository, string commit, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            commit.Should().NotBeEmpty();
            Started.Add(repository.FullName);
            return Task.CompletedTask;
        }

        public Task ForgetAsync(long? installationId, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            installationId.Should().NotBeNull();
            Started.Clear();
            return Task.CompletedTask;
        }
    }

    private sealed class UserDirectory
    {
        private readonly AccountIdentity _ada = new("github", "ada");

        public Task<IEnumerable<AccountIdentity>> AccountsOfAsync(long userId, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AccountIdentity[] accounts = userId == 1 ? [_ada] : [];
            return Task.FromResult<IEnumerable<AccountIdentity>>(accounts);
        }
    }
}
