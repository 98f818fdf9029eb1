using Microsoft.AspNetCore.Http;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Authentication;

/// <summary>What a 401 leads to: one renewal, shared, and the call once more.</summary>
public sealed class RefusedCredentialTests
{
    private const string Mint = "/app/installations/7/access_tokens";

    [Fact]
    public async Task A_revoked_token_is_renewed_and_the_call_succeeds()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        await fixture.GetApiAsync();
        fixture.GitHub.RevokeAllTokens();

        await fixture.GetApiAsync();

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(3);
        fixture.CountedOutcomes.Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task A_thousand_401s_at_once_lead_to_one_renewal()
    {
        const int callers = 1000;
        await using var fixture = await ClientFixture.StartAsync(static setup =>
        {
            setup.AsInstallation = true;
            setup.Client = static options => options.RateLimits.MaxConcurrency = callers;
        });
        await fixture.GetApiAsync();
        var revoked = fixture.GitHub.Requests[^1].Token;
        fixture.GitHub.ClearRequests();
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.GitHub.When(request => request.Bears(revoked)).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            if (Interlocked.Increment(ref arrived) == callers)
            {
                fixture.GitHub.RevokeAllTokens();
                all.SetResult();
            }

            await all.Task.WaitAsync(cancellationToken);
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync("""{"message":"Bad credentials"}""", cancellationToken);
        }));

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(fixture.GetApiAsync)));

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(2 * callers);
    }

    [Fact]
    public async Task A_second_401_surfaces_without_a_further_mint()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.BadCredentials());

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which;
        error.Reason.Should().Be(ErrorReason.BadCredentials);
        error.Error.CredentialOwner.Should().Be(CredentialOwner.Customer);
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(3, "a token that is new is given a second chance, and then renewed once");
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_write_is_sent_again_after_a_401_because_it_was_not_carried_out()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Post, "/things").AnswerInTurn(Answers.BadCredentials(), Answers.Text(204));

        await fixture.SendWithBodyAsync(HttpMethod.Post);

        fixture.GitHub.Find(HttpMethod.Post, "/things").Select(request => request.Body).Should().Equal("\"body\"", "\"body\"");
    }

    [Theory]
    [InlineData(CredentialOwner.Operator, "failure")]
    [InlineData(CredentialOwner.Customer, "halted")]
    public async Task A_token_that_cannot_be_renewed_surfaces_its_401_at_once(CredentialOwner owner, string outcome)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.UseToken("ghp_revoked", owner));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which;
        error.Error.CredentialOwner.Should().Be(owner);
        error.Message.Should().NotContain("ghp_revoked");
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", outcome);
    }

    [Fact]
    public async Task A_late_complaint_about_an_old_token_does_no_harm()
    {
        var mints = 0;
        var credential = new InstallationCredential(
            7,
            _ => Task.FromResult(new GitHubToken($"t{++mints}")),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var cancellationToken = TestContext.Current.CancellationToken;
        var first = await credential.GetTokenAsync(cancellationToken);
        credential.Invalidate(first);
        var second = await credential.GetTokenAsync(cancellationToken);

        credential.Invalidate(first);

        (await credential.GetTokenAsync(cancellationToken)).Should().BeSameAs(second);
        mints.Should().Be(2);
    }

    [Fact]
    public async Task A_credential_that_throws_sends_nothing()
    {
        var failure = new InvalidOperationException("no token today");
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Credential = new OwnCredential(() => throw failure));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which;
        error.Reason.Should().Be(ErrorReason.CredentialMissing);
        error.InnerException.Should().BeSameAs(failure);
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_credential_that_gives_nothing_sends_nothing()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Credential = new OwnCredential(() => null!));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.CredentialMissing);
        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.CountedRetries.Should().Be(0);
    }

    [Fact]
    public async Task A_credential_that_cancels_itself_is_no_cancellation_of_the_callers()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Credential = new OwnCredential(() => throw new OperationCanceledException()));

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmUnauthorizedException>();
    }

    private sealed class OwnCredential(Func<GitHubToken> token) : IGitHubCredential
    {
        public string Identity => "own";

        public CredentialOwner Owner => CredentialOwner.Operator;

        public bool CanRenew => true;

        public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(token());

        public void Invalidate(GitHubToken token)
        {
        }
    }
}
