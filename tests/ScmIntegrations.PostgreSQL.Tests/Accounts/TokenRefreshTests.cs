using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.PostgreSQL.Tests.Instances;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Testing;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>An account's token that has ended is refreshed once for all processes, and all have the same one then.</summary>
[Collection(typeof(Alone))]
public sealed class TokenRefreshTests(PostgreSqlServer server) : IAsyncLifetime
{
    private const string TokenPath = "/login/oauth/access_token";

    private readonly string _schema = PostgreSqlServer.NewSchema();
    private FakeGitHub _gitHub = null!;
    private FakeUserApp _app = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IConnectedAccounts Accounts => _services.GetRequiredService<IConnectedAccounts>();

    public async ValueTask InitializeAsync()
    {
        _gitHub = await FakeGitHub.StartAsync(cancellationToken: Token);
        _app = _gitHub.AddUserApp(InstanceProgram.ClientId, InstanceProgram.ClientSecret);
        _services = new ServiceCollection().AddScmIntegrations()
            .AddConnectedAccounts(accounts => accounts.EncryptionKeys.Add(InstanceProgram.EncryptionKey))
            .AddPostgreSql(server.ConnectionString, postgreSql => postgreSql.Schema = _schema)
            .Services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _gitHub.DisposeAsync();
    }

    [Fact]
    public async Task Eight_callers_in_two_processes_refresh_once_and_have_one_token()
    {
        await using var one = Instance.Start(server.ConnectionString, _schema, _gitHub.Address);
        await using var other = Instance.Start(server.ConnectionString, _schema, _gitHub.Address);

        // Both processes have compiled their way through a refresh before they meet at one account.
        foreach (var (instance, name) in (IEnumerable<(Instance, string)>)[(one, "one"), (other, "other")])
        {
            await ConnectAsync(name);
            (await instance.AskAsync($"tokens {name} 4")).Should().StartWith("ghu_");
        }

        var spent = await ConnectAsync("octocat");
        var before = _gitHub.Count(HttpMethod.Post, TokenPath);

        // Long enough that every caller of both processes is there before the answer.
        _gitHub.When(HttpMethod.Post, TokenPath).Always().Answer(Answers.Real().After(TimeSpan.FromSeconds(1)));

        var tokens = await Task.WhenAll(one.AskAsync("tokens octocat 4"), other.AskAsync("tokens octocat 4"));

        (_gitHub.Count(HttpMethod.Post, TokenPath) - before).Should().Be(1);
        var fresh = _app.Grants.Single(grant => grant.Login is "octocat");
        tokens.Should().Equal(fresh.AccessToken, fresh.AccessToken);
        fresh.AccessToken.Should().NotBe(spent.AccessToken);
        var stored = (OAuthTokenCredential)(await Accounts.GetCredentialAsync(new("github", "octocat"), Token))!;
        (stored.AccessToken!.Value, stored.RefreshToken!.Value).Should().Be((fresh.AccessToken, fresh.RefreshToken!));
    }

    [Fact]
    public async Task What_one_process_has_refreshed_the_other_reads()
    {
        await using var one = Instance.Start(server.ConnectionString, _schema, _gitHub.Address);
        await ConnectAsync("octocat");
        var first = await one.AskAsync("tokens octocat 1");

        await using var other = Instance.Start(server.ConnectionString, _schema, _gitHub.Address);

        (await other.AskAsync("tokens octocat 4")).Should().Be(first);
        _gitHub.Count(HttpMethod.Post, TokenPath).Should().Be(1);
    }

    /// <summary>Connects an account whose access token has ended a minute ago.</summary>
    private async Task<FakeUserGrant> ConnectAsync(string login)
    {
        var grant = _app.Grant(login);
        await Accounts.UpsertAsync(
            new("github", login),
            new OAuthTokenCredential
            {
                AccessToken = new(grant.AccessToken),
                AccessTokenExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
                RefreshToken = new(grant.RefreshToken!),
                RefreshTokenExpiresAt = grant.RefreshTokenExpiresAt,
            },
            cancellationToken: Token);
        return grant;
    }
}
