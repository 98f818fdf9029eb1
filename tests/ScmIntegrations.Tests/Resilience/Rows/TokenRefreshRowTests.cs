using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.UserTokens;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>Rows 61, 61a and 62: a refresh token works once.</summary>
public sealed class TokenRefreshRowTests
{
    public static TheoryData<string, Answer, ErrorReason, bool> UnknownEnds => new()
    {
        { "502, not carried out", Answers.ServerError(), ErrorReason.ServerError, false },
        { "502, carried out", Answers.CarriedOut(Answers.ServerError()), ErrorReason.ServerError, true },
        { "503 with a time to come back", Answers.ServerError(503).WithHeader("Retry-After", "1"), ErrorReason.ServerError, false },
        { "reset, not carried out", Answers.Reset(), ErrorReason.Transport, false },
        { "reset, carried out", Answers.CarriedOut(Answers.Reset()), ErrorReason.Transport, true },
        { "broken body", Answers.Real().ResetAfter(30), ErrorReason.Transport, true },
    };

    [Theory]
    [MemberData(nameof(UnknownEnds))]
    public async Task Row_61_a_refresh_token_is_never_replayed_blindly(string what, Answer answer, ErrorReason reason, bool isCarriedOut)
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        rig.WhenTokenIsAsked().Answer(answer);

        var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync(grant));

        error.Should().BeOfType<ScmAmbiguousWriteException>(what).Which.Reason.Should().Be(reason);
        error.Error.Rule.Should().Be("61");
        error.IsTransient.Should().BeFalse();
        error.InnerException.Should().BeAssignableTo<ScmException>().Which.Reason.Should().Be(reason);
        rig.Asked.Should().Be(1);
        rig.CountedRetries.Should().Be(0);
        rig.App.Grants.Contains(grant).Should().Be(!isCarriedOut);
    }

    [Fact]
    public async Task Row_61_an_attempt_that_times_out_is_not_replayed_either()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.CarriedOut(Answers.Stall()));

        var refresh = rig.RefreshAsync();
        await rig.GitHub.WaitForRequestsAsync(1, UserTokenRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        var error = (await FluentActions.Awaiting(() => refresh).Should().ThrowAsync<ScmAmbiguousWriteException>()).Which;
        (error.Reason, error.Error.Rule).Should().Be((ErrorReason.Timeout, "61"));
        rig.Asked.Should().Be(1);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(421)]
    public async Task Row_39a_a_server_that_dropped_it_is_not_asked_again(int status)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Text(status));

        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).Error.Rule.Should().Be("39a");

        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Row_2_a_refresh_that_was_never_sent_is_tried_again()
    {
        await using var rig = await UserTokenRig.StartAsync(address: ClosedPort.Find());
        var looks = 0;

        var error = await UserTokenRig.FailAsync(() => RefreshAsync(rig, new GitHubToken("ghr_any"), _ =>
        {
            looks++;
            return ValueTask.FromResult(true);
        }));

        error.Should().BeOfType<ScmTransportException>().Which.Error.Rule.Should().Be("2");
        rig.CountedRetries.Should().Be(2);
        looks.Should().Be(0, "nothing was sent, so there is nothing to look for");
    }

    [Theory]
    [MemberData(nameof(UnknownEnds))]
    public async Task Row_61a_a_refresh_token_that_is_still_ours_is_sent_once_more(string what, Answer answer, ErrorReason reason, bool isCarriedOut)
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        rig.WhenTokenIsAsked().Once().Answer(answer);

        var refresh = () => RefreshAsync(rig, grant, _ => ValueTask.FromResult(true));

        if (isCarriedOut)
        {
            // The first attempt has used it up, and its answer is lost: the truth comes out, and the user has to connect again.
            (await UserTokenRig.FailAsync(refresh)).Reason.Should().Be(ErrorReason.ReconnectRequired, what);
        }
        else
        {
            (await refresh()).AccessToken.Value.Should().Be(rig.App.Grants.Single().AccessToken, what);
        }

        rig.Asked.Should().Be(2);
        rig.CountedRetries.Should().Be(1, $"{reason} is retried once");
        rig.Form(index: 1).Should().Equal(rig.Form());
    }

    [Fact]
    public async Task Row_61a_a_second_failure_surfaces_as_an_unknown_end()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.Resilience.MaxAttempts = 10);
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());

        var error = await UserTokenRig.FailAsync(() => RefreshAsync(rig, rig.App.Grant("octocat"), _ => ValueTask.FromResult(true)));

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.Error.Rule.Should().Be("61a");
        rig.Asked.Should().Be(2);
    }

    [Fact]
    public async Task Row_61a_looks_after_an_attempt_that_timed_out_too()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        rig.WhenTokenIsAsked().Once().Answer(Answers.Stall());

        var refresh = RefreshAsync(rig, grant, token => ValueTask.FromResult(!token.IsCancellationRequested));
        await rig.GitHub.WaitForRequestsAsync(1, UserTokenRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        (await refresh).RefreshToken.Should().NotBeNull();
        rig.Asked.Should().Be(2);
    }

    [Fact]
    public async Task Row_61a_is_not_for_a_token_that_somebody_else_has_replaced()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var looks = 0;
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());

        var error = await UserTokenRig.FailAsync(() => RefreshAsync(rig, rig.App.Grant("octocat"), _ =>
        {
            looks++;
            return ValueTask.FromResult(false);
        }));

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.Error.Rule.Should().Be("61");
        (rig.Asked, looks).Should().Be((1, 1));
    }

    [Fact]
    public async Task Row_61a_is_not_for_who_could_not_look()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());

        var error = await UserTokenRig.FailAsync(() => RefreshAsync(rig, rig.App.Grant("octocat"), _ => throw new InvalidOperationException("The store is down.")));

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.Error.Rule.Should().Be("61");
        error.Reason.Should().Be(ErrorReason.ServerError, "what happened to the request is what matters");
        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Row_61a_a_look_that_hangs_ends_with_the_call()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());
        var looking = new TaskCompletionSource();

        var refresh = RefreshAsync(rig, rig.App.Grant("octocat"), async token =>
        {
            looking.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, rig.Time, token);
            return true;
        });
        await looking.Task.WaitAsync(UserTokenRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(100));

        var error = (await FluentActions.Awaiting(() => refresh).Should().ThrowAsync<ScmAmbiguousWriteException>()).Which;
        error.Error.Rule.Should().Be("9a");
        error.InnerException!.InnerException.Should().BeOfType<ScmServerException>("what came before is kept");
        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Row_61a_a_look_that_is_cancelled_ends_at_once()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());
        using var cancellation = new CancellationTokenSource();

        var refresh = () => rig.Inner.RefreshAsync(
            new GitHubToken(rig.App.Grant("octocat").RefreshToken!),
            async token =>
            {
                await cancellation.CancelAsync();
                token.ThrowIfCancellationRequested();
                return true;
            },
            cancellation.Token);

        (await refresh.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Row_61a_does_not_retry_where_retries_are_switched_off()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.Resilience.MaxAttempts = 1);
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());

        (await UserTokenRig.FailAsync(() => RefreshAsync(rig, rig.App.Grant("octocat"), _ => ValueTask.FromResult(true)))).Should().BeOfType<ScmAmbiguousWriteException>();

        rig.Asked.Should().Be(1);
    }

    [Theory]
    [InlineData(200, "bad_refresh_token")]
    [InlineData(400, "bad_refresh_token")]
    [InlineData(200, "invalid_grant")]
    [InlineData(400, "invalid_grant")]
    public async Task Row_62_a_refused_refresh_token_surfaces(int status, string word)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(status, $$"""{"error":"{{word}}"}"""));

        var error = await UserTokenRig.FailAsync(() => RefreshAsync(rig, rig.App.Grant("octocat"), _ => throw new InvalidOperationException("Nobody has to look.")));

        error.Should().BeOfType<ScmUnauthorizedException>().Which.Reason.Should().Be(ErrorReason.ReconnectRequired);
        error.Error.Rule.Should().Be("62");
        error.Error.CredentialOwner.Should().Be(CredentialOwner.Customer);
        error.IsExpected.Should().BeTrue();
        error.Acts.Should().Be(ActionOwner.User);
        rig.Asked.Should().Be(1);
        RetryTable.Find(OperationClass.TokenRefresh, RetryCondition.None, ErrorReason.ReconnectRequired, ErrorOrigin.GitHub, status).CountsInCircuit.Should().BeFalse();
    }

    private static Task<GitHubUserToken> RefreshAsync(UserTokenRig rig, FakeUserGrant grant, Func<CancellationToken, ValueTask<bool>> isStillOurs) =>
        RefreshAsync(rig, new GitHubToken(grant.RefreshToken!), isStillOurs);

    private static Task<GitHubUserToken> RefreshAsync(UserTokenRig rig, GitHubToken token, Func<CancellationToken, ValueTask<bool>> isStillOurs) =>
        rig.Inner.RefreshAsync(token, isStillOurs, UserTokenRig.Cancellation);
}
