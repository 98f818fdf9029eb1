using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>The code of docs/connected-accounts.md, as it stands there.</summary>
public sealed class ConnectedAccountsPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_connects_by_the_web_flow_and_a_client_and_an_agent_speak_as_them()
    {
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: Token);
        var app = gitHub.AddUserApp("Iv23liUserApp", "s3cr3t");
        gitHub.AddRepository("acme/site");
        var services = new ServiceCollection();
        Register(services, gitHub, "Iv23liUserApp", "s3cr3t", AccountRig.TestKey);
        await using var provider = services.BuildServiceProvider();
        var (userTokens, accounts) = (provider.GetRequiredService<IGitHubUserTokens>(), provider.GetRequiredService<IConnectedAccounts>());
        var page = userTokens.GetAuthorizeUrl(new GitHubAuthorization { State = "a-random-state" });
        page.AbsolutePath.Should().Be("/login/oauth/authorize");

        var connected = await ConnectAsync(userTokens, accounts, app.Authorize("ada"), "7", Token);

        connected.Outcome.Should().Be(AccountOutcome.Created);
        var client = provider.GetRequiredService<IGitHubIntegrationClient>();
        (await client.GetRepositoryAsync(new("acme/site"), Token)).FullName.Should().Be("acme/site");
        var agent = provider.GetRequiredKeyedService<ICodingAgentClient>("github_copilot");
        (await agent.StartAsync(new(new("acme/site"), "Fix the build."), Token)).Should().NotBeNull();
        gitHub.Requests.Where(request => !request.Path.StartsWith("/login", StringComparison.Ordinal))
            .Should().OnlyContain(request => request.Headers["Authorization"].EndsWith(app.Grants.Single().AccessToken));
    }

    private static void Register(IServiceCollection services, FakeGitHub gitHub, string clientId, string clientSecret, AccountEncryptionKey key)
    {
        // snippet:register
        services.AddScmIntegrations()
            .AddConnectedAccounts(accounts => accounts.EncryptionKeys.Add(key)) // AddPostgreSql(…) keeps them for good
            .AddGitHubUserTokens(app => (app.ClientId, app.ClientSecret, app.WebAddress) = (clientId, clientSecret, gitHub.WebAddress));

        // A client, and with it Copilot, that speaks as one account. At run time: IConnectedAccountCredentials.For(identity).
        services.AddScmIntegrations()
            .AddGitHub(client => client.ApiAddress = gitHub.Address)
            .UseConnectedAccount(new AccountIdentity("github", "ada") { OrganizationId = "acme", UserId = "7" })
            .AddCopilotAgent();
        // end-snippet
    }

    // snippet:connect
    private static async Task<AccountUpsert> ConnectAsync(IGitHubUserTokens userTokens, IConnectedAccounts accounts, string code, string userId, CancellationToken cancellationToken)
    {
        var token = await userTokens.ExchangeCodeAsync(code, cancellationToken: cancellationToken);
        var identity = new AccountIdentity("github", "ada") { OrganizationId = "acme", UserId = userId };
        return await accounts.UpsertAsync(identity, token.ToAccountCredential(), cancellationToken: cancellationToken);
    }
    // end-snippet
}
