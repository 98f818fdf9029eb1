using System.Net;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>Copilot needs a user. What cannot be one is refused before anything is sent, and no token is shown.</summary>
public sealed class CopilotCredentialTests
{
    private const string JsonWebToken = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl";

    [Theory]
    [InlineData("ghs_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("ghs_1_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_")]
    [InlineData("ghr_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData(JsonWebToken)]
    public async Task A_token_that_is_no_users_is_refused_before_anything_is_sent(string token)
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.UseToken(token, CredentialOwner.Customer));

        await RefusedAsync(fixture, token);
    }

    [Fact]
    public async Task An_installation_is_refused_and_mints_nothing()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.AsInstallation = true);

        await RefusedAsync(fixture, "ghs_");
    }

    [Fact]
    public async Task A_credential_of_ones_own_is_told_by_its_token()
    {
        const string token = "ghs_abcdefghijklmnopqrstuvwxyz0123456789";
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.Credential = new Own(() => new GitHubToken(token)));

        await RefusedAsync(fixture, token);
    }

    [Theory]
    [InlineData("ghp_")]
    [InlineData("github_pat_")]
    [InlineData("gho_")]
    [InlineData("ghu_")]
    [InlineData("anything.else.too")]
    public async Task Users_tokens_are_sent(string prefix)
    {
        var token = prefix + "abcdefghijklmnopqrstuvwxyz0123456789";
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.UseToken(token));
        fixture.GitHub.AddToken(token, "octocat");

        (await fixture.StartTaskAsync()).State.Should().Be(CodingAgentState.Queued);
    }

    [Fact]
    public async Task A_credential_that_fails_is_told_by_the_call()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.Credential = new Own(() => throw new IOException("no token today")));

        var refused = (await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmUnauthorizedException>()).Which;

        refused.InnerException.Should().BeOfType<IOException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_refused_user_is_unauthorised()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.UseToken("ghp_unknown0123456789"));

        var refused = (await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmUnauthorizedException>()).Which;

        (refused.Status, fixture.Agent.Explain(refused).Type).Should().Be((HttpStatusCode.Unauthorized, LaunchFailureType.BadCredentials));
    }

    private static async Task RefusedAsync(CopilotFixture fixture, string secret)
    {
        foreach (var call in new Func<Task>[]
        {
            () => fixture.StartTaskAsync(),
            () => fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" }),
            () => fixture.GetAsync("acme:api:1"),
            () => fixture.ListAsync(),
            () => fixture.Agent.WaitAsync("acme:api:1", cancellationToken: TestContext.Current.CancellationToken),
        })
        {
            var refused = (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which;
            (refused.Reason, refused.Origin, refused.Status).Should().Be((ErrorReason.CredentialMissing, ErrorOrigin.Client, null));
            refused.Message.Should().Contain("needs a user's authorisation");
            fixture.Agent.Explain(refused).Type.Should().Be(LaunchFailureType.BadCredentials);
            if (secret.Length > 4)
            {
                refused.ToString().Should().NotContain(secret);
            }
        }

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    private sealed class Own(Func<GitHubToken> give) : IGitHubCredential
    {
        public string Identity => "own";

        public CredentialOwner Owner => CredentialOwner.Customer;

        public bool CanRenew => false;

        public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(give());

        public void Invalidate(GitHubToken token)
        {
        }
    }
}
