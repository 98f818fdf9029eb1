using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using static ScmIntegrations.Tests.Accounts.Renewal.AccountTokenRig;

namespace ScmIntegrations.Tests.Accounts.Renewal;

/// <summary>An account's token is refreshed once for all, stored before it is used, and never lost.</summary>
public sealed class TokenRefreshTests
{
    [Fact]
    public async Task A_client_speaks_as_the_account()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var grant = await rig.ConnectAsync(instance);

        await CallAsync(instance);

        rig.GitHub.Requests[^1].Headers["Authorization"].Should().EndWith(grant.AccessToken);
        rig.Refreshes.Should().Be(0);
    }

    [Fact]
    public async Task A_token_that_has_ended_is_refreshed_once_for_a_thousand_callers()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var old = await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));

        var credential = CredentialOf(instance);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(async () => (await credential.GetTokenAsync(Token)).Value, Token)));

        rig.Refreshes.Should().Be(1);
        tokens.Distinct(StringComparer.Ordinal).Should().Equal(rig.App.Grants.Single().AccessToken).And.NotContain(old.AccessToken);
        (await StoredTokenAsync(instance)).Should().Be(tokens[0]);
        (await AccountAsync(instance)).TokenExpiresAt.Should().Be(rig.App.Grants.Single().ExpiresAt);
    }

    [Fact]
    public async Task Eight_callers_in_two_instances_refresh_once_and_have_one_token()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        IServiceProvider[] instances = [rig.NewInstance(), rig.NewInstance()];
        await rig.ConnectAsync(instances[0]);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromMilliseconds(100);

        var all = Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () => (await CredentialOf(instances[number % 2]).GetTokenAsync(Token)).Value, Token)));
        await UntilAsync(async () => all.IsCompleted || (rig.Lock.Held == 0 && (await rig.Store.FindAsync(Octocat, Token))!.Version == 2 && Advance(rig, TimeSpan.FromMilliseconds(200))));
        var tokens = await all;

        rig.Refreshes.Should().Be(1);
        tokens.Should().OnlyContain(token => token == rig.App.Grants.Single().AccessToken);
        rig.Lock.Held.Should().Be(0);
    }

    [Fact]
    public async Task Near_its_end_a_token_is_renewed_behind_the_callers()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var old = await rig.ConnectAsync(instance);
        var credential = CredentialOf(instance);
        rig.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(9));
        var mayAnswer = new TaskCompletionSource();
        rig.GitHub.When(HttpMethod.Post, TokenPath).Once().Answer(Answers.Custom((_, _) => mayAnswer.Task));

        (await credential.GetTokenAsync(Token)).Value.Should().Be(old.AccessToken);
        (await credential.GetTokenAsync(Token)).Value.Should().Be(old.AccessToken, "nobody waits for a renewal");
        await rig.GitHub.WaitForRequestsAsync(1, Token);
        mayAnswer.SetResult();

        rig.Refreshes.Should().Be(1);
    }

    [Fact]
    public async Task A_renewal_ahead_that_fails_takes_nobodys_token_away()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var old = await rig.ConnectAsync(instance);
        var credential = CredentialOf(instance);
        rig.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(9));
        rig.App.ClientSecret = "rotated";

        (await credential.GetTokenAsync(Token)).Value.Should().Be(old.AccessToken);
        await UntilAsync(() => Task.FromResult(rig.Log.Lines.Any(line => line.Event.Id == 1601)));

        rig.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1601).Which.Level.Should().Be(LogLevel.Warning);
        rig.App.Grants.Should().Equal(old);
    }

    [Fact]
    public async Task A_401_leads_to_one_refresh_and_the_call_goes_on()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        await CallAsync(instance);
        rig.GitHub.When(HttpMethod.Get, "/repos/octocat/hello").Once().Answer(Answers.BadCredentials());

        (await CallAsync(instance)).FullName.Should().Be("octocat/hello");

        rig.Refreshes.Should().Be(1);
        rig.GitHub.Requests[^1].Headers["Authorization"].Should().EndWith(rig.App.Grants.Single().AccessToken);
    }

    [Fact]
    public async Task A_401_that_a_new_token_does_not_mend_costs_one_refresh_and_no_account()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.GitHub.When(HttpMethod.Get, "/repos/octocat/hello").Always().Answer(Answers.BadCredentials());

        for (var call = 0; call < 5; call++)
        {
            var error = (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which;
            error.Reason.Should().Be(ErrorReason.BadCredentials);
            error.IsExpected.Should().BeTrue("it is the customer's");
        }

        rig.Refreshes.Should().Be(1);
        (await AccountAsync(instance)).Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task A_refresh_without_a_refresh_token_keeps_the_old_one()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var grant = await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.GitHub.When(HttpMethod.Post, TokenPath).Once().Answer(Answers.Json(200, """{"access_token":"ghu_new","token_type":"bearer","expires_in":28800}"""));

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be("ghu_new");

        var stored = (OAuthTokenCredential)(await AccountsOf(instance).GetCredentialAsync(Octocat, Token))!;
        (stored.AccessToken!.Value, stored.RefreshToken!.Value, stored.RefreshTokenExpiresAt).Should().Be(("ghu_new", grant.RefreshToken!, grant.RefreshTokenExpiresAt));
    }

    [Fact]
    public async Task A_refused_refresh_token_marks_the_account_and_deletes_nothing()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var grant = await rig.ConnectAsync(instance);
        rig.App.Revoke("octocat");
        rig.Time.Advance(TimeSpan.FromHours(9));

        for (var call = 0; call < 3; call++)
        {
            var error = (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which;
            (error.Reason, error.Acts, error.IsExpected).Should().Be((ErrorReason.ReconnectRequired, ActionOwner.User, true));
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }

        rig.Refreshes.Should().Be(1, "until the credential changes nobody asks again");
        (await AccountAsync(instance)).Should().Match<ConnectedAccount>(account => account.Status == AccountStatus.Expired && account.StatusReason == "bad_refresh_token");
        (await StoredTokenAsync(instance)).Should().Be(grant.AccessToken);
        rig.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1603);
    }

    [Fact]
    public async Task An_account_that_is_connected_again_serves_again()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.App.Revoke("octocat");
        rig.Time.Advance(TimeSpan.FromHours(9));
        await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>();

        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        await CallAsync(instance);

        (await AccountAsync(instance)).Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task A_token_that_still_serves_is_used_though_its_refresh_token_was_refused()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var grant = rig.App.Grant("octocat");
        await AccountsOf(instance).UpsertAsync(Octocat, CredentialOf(grant) with { RefreshToken = new("ghr_wrong") }, cancellationToken: Token);
        rig.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(9));
        var credential = CredentialOf(instance);

        (await credential.GetTokenAsync(Token)).Value.Should().Be(grant.AccessToken);
        await UntilAsync(async () => (await AccountAsync(instance)).Status == AccountStatus.Expired);
        rig.Time.Advance(TimeSpan.FromMinutes(2));

        (await credential.GetTokenAsync(Token)).Value.Should().Be(grant.AccessToken);
        rig.Refreshes.Should().Be(1);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("502")]
    [InlineData("html")]
    public async Task Trouble_at_the_token_endpoint_is_never_a_bad_credential(string trouble)
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var grant = await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.GitHub.When(HttpMethod.Post, TokenPath).Always().Answer(trouble switch
        {
            "reset" => Answers.Reset(),
            "502" => Answers.ServerError(),
            _ => Answers.Text(401, "<html>who are you?</html>", "text/html"),
        });

        var error = (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmException>()).Which;

        error.Reason.Should().NotBe(ErrorReason.BadCredentials).And.NotBe(ErrorReason.ReconnectRequired);
        (await AccountAsync(instance)).Should().Match<ConnectedAccount>(account => account.Status == AccountStatus.Active && account.StatusReason == null);
        rig.App.Grants.Should().Equal(grant);

        // And once the trouble has passed, the account serves.
        rig.GitHub.Faults.Clear();
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(instance);
    }

    [Fact]
    public async Task An_ambiguous_refresh_is_sent_once_more_at_most_and_then_told_as_unknown()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.GitHub.When(HttpMethod.Post, TokenPath).Always().Answer(Answers.ServerError());

        await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmAmbiguousWriteException>();
        await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmAmbiguousWriteException>();

        rig.Refreshes.Should().Be(2, "one try, one more under the lock after the store was read again, and half a minute of rest");
    }

    [Fact]
    public async Task A_refresh_whose_answer_was_lost_ends_with_the_user_and_not_with_the_account_gone()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.GitHub.When(HttpMethod.Post, TokenPath).Once().Answer(Answers.CarriedOut(Answers.Reset()));

        var error = (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which;

        error.Reason.Should().Be(ErrorReason.ReconnectRequired);
        rig.Refreshes.Should().Be(2);
        (await AccountAsync(instance)).Status.Should().Be(AccountStatus.Expired);
    }

    [Fact]
    public async Task Who_comes_second_uses_what_the_first_has_stored()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (first, second) = (rig.NewInstance(), rig.NewInstance());
        await rig.ConnectAsync(first);
        rig.Time.Advance(TimeSpan.FromHours(9));

        var ours = await CredentialOf(first).GetTokenAsync(Token);
        var theirs = await CredentialOf(second).GetTokenAsync(Token);

        theirs.Value.Should().Be(ours.Value);
        rig.Refreshes.Should().Be(1);
    }

    [Fact]
    public async Task Without_a_lock_the_loser_finds_what_the_winner_is_about_to_store()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (first, second) = (rig.NewInstance(hasLock: false), rig.NewInstance(hasLock: false));
        await rig.ConnectAsync(first);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var mayStore = new TaskCompletionSource();
        rig.Store.Before = call => call is "replace" ? mayStore.Task : Task.CompletedTask;
        var winner = Task.Run(async () => (await CredentialOf(first).GetTokenAsync(Token)).Value, Token);
        await rig.GitHub.WaitForRequestsAsync(1, Token);

        rig.Time.AutoAdvance = false;
        var loser = Task.Run(async () => (await CredentialOf(second).GetTokenAsync(Token)).Value, Token);
        await rig.GitHub.WaitForRequestsAsync(2, Token);
        await rig.Time.WaitForTimersAsync(1, Token);
        mayStore.SetResult();
        var token = await winner;
        rig.Time.AutoAdvance = true;
        rig.Time.Advance(TimeSpan.FromSeconds(2));

        (await loser).Should().Be(token);
        (await AccountAsync(first)).Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task A_lock_that_another_holds_too_long_is_told_as_such()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var account = await AccountAsync(instance);
        (await rig.Lock.TryAcquireAsync($"account-token:{account.Id}", "somebody", TimeSpan.FromSeconds(90), Token)).Should().BeTrue();

        var error = (await FluentActions.Awaiting(() => CredentialOf(instance).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmTimeoutException>()).Which;

        error.IsTransient.Should().BeTrue();
        rig.Refreshes.Should().Be(0);
        (await AccountAsync(instance)).Status.Should().Be(AccountStatus.Active);

        // The lease of a holder that died runs out.
        rig.Time.Advance(TimeSpan.FromSeconds(90));
        await CallAsync(instance);
        rig.Refreshes.Should().Be(1);
    }

    [Fact]
    public async Task A_lock_that_is_down_is_trouble_and_no_bad_credential()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.Lock.IsDown = true;

        (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmTransportException>()).Which.InnerException.Should().NotBeNull();
        rig.Refreshes.Should().Be(0, "a token that works once is not sent without the lock");
        rig.Lock.IsDown = false;
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        await CallAsync(instance);
    }

    [Fact]
    public async Task A_new_token_that_cannot_be_stored_is_kept_used_and_stored_later()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (first, second) = (rig.NewInstance(), rig.NewInstance());
        await rig.ConnectAsync(first);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.Store.Before = call => call is "replace" ? throw UpsertTests.Trouble() : Task.CompletedTask;
        var loading = Task.Run(async () => (await CredentialOf(first).GetTokenAsync(Token)).Value, Token);
        await UntilAsync(() => Task.FromResult(rig.Store.Writes > 2));
        rig.Time.Advance(TimeSpan.FromSeconds(21));

        var token = await loading;
        token.Should().Be(rig.App.Grants.Single().AccessToken);
        rig.Store.Before = _ => Task.CompletedTask;
        rig.Time.Advance(TimeSpan.FromSeconds(31));
        (await CredentialOf(first).GetTokenAsync(Token)).Value.Should().Be(token);

        rig.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1602).Which.Level.Should().Be(LogLevel.Error);
        (await StoredTokenAsync(second)).Should().Be(token);
        (await CredentialOf(second).GetTokenAsync(Token)).Value.Should().Be(token);
        rig.Refreshes.Should().Be(1);
    }

    [Fact]
    public async Task A_store_that_loses_its_answer_has_stored_the_new_token_once()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.Store.After = call =>
        {
            if (call is not "replace")
            {
                return Task.CompletedTask;
            }

            rig.Store.After = _ => Task.CompletedTask;
            throw UpsertTests.Trouble();
        };

        var token = (await CredentialOf(instance).GetTokenAsync(Token)).Value;

        token.Should().Be(rig.App.Grants.Single().AccessToken);
        (await AccountAsync(instance)).Version.Should().Be(2);
        (await StoredTokenAsync(instance)).Should().Be(token);
    }

    [Fact]
    public async Task What_the_user_supplies_while_a_refresh_runs_wins()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var supplied = rig.App.Grant("octocat");
        rig.Store.Before = async call =>
        {
            if (call is "replace")
            {
                rig.Store.Before = _ => Task.CompletedTask;
                await rig.ConnectAsync(instance, supplied);
            }
        };

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(supplied.AccessToken);
        (await StoredTokenAsync(instance)).Should().Be(supplied.AccessToken);
    }

    [Fact]
    public async Task An_API_configuration_that_changes_while_a_refresh_runs_stays()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.Store.Before = async call =>
        {
            if (call is "replace")
            {
                rig.Store.Before = _ => Task.CompletedTask;
                await AccountsOf(instance).UpsertAsync(Octocat, apiConfiguration: UpsertTests.Json("""{"a":1}"""), cancellationToken: Token);
            }
        };

        var token = (await CredentialOf(instance).GetTokenAsync(Token)).Value;

        (await StoredTokenAsync(instance)).Should().Be(token).And.Be(rig.App.Grants.Single().AccessToken);
        (await AccountAsync(instance)).ApiConfiguration!.Value.GetRawText().Should().Be("""{"a":1}""");
    }

    [Fact]
    public async Task What_was_once_supplied_does_not_undo_a_refresh()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var first = await rig.ConnectAsync(instance);
        string refreshed = "";
        for (var refresh = 0; refresh < 3; refresh++)
        {
            rig.Time.Advance(TimeSpan.FromHours(9));
            refreshed = (await CredentialOf(instance).GetTokenAsync(Token)).Value;
        }

        (await AccountsOf(instance).UpsertAsync(Octocat, CredentialOf(first) with { AccessTokenExpiresAt = null, RefreshTokenExpiresAt = null }, cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
        (await AccountsOf(instance).UpsertAsync(Octocat, CredentialOf(first), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);

        (await StoredTokenAsync(instance)).Should().Be(refreshed);
    }

    [Fact]
    public async Task A_caller_who_leaves_leaves_no_spent_token_behind()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var mayAnswer = rig.HoldRefresh();
        using var leaving = new CancellationTokenSource();
        var call = CredentialOf(instance).GetTokenAsync(leaving.Token).AsTask();
        await rig.GitHub.WaitForRequestsAsync(1, Token);

        await leaving.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        mayAnswer.SetResult();
        await instance.DisposeAsync();

        (await StoredTokenAsync(rig.NewInstance())).Should().Be("ghu_new");
    }

    [Fact]
    public async Task A_change_by_somebody_else_is_seen_within_half_a_minute()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (here, there) = (rig.NewInstance(), rig.NewInstance());
        var first = await rig.ConnectAsync(here);
        (await CredentialOf(here).GetTokenAsync(Token)).Value.Should().Be(first.AccessToken);
        var second = await rig.ConnectAsync(there);

        rig.Time.Advance(TimeSpan.FromSeconds(31));
        (await CredentialOf(here).GetTokenAsync(Token)).Value.Should().Be(second.AccessToken);

        await AccountsOf(there).DeleteAsync(Octocat, Token);
        rig.Time.Advance(TimeSpan.FromSeconds(31));
        (await FluentActions.Awaiting(() => CallAsync(here)).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.ReconnectRequired);
    }

    [Fact]
    public async Task A_store_that_is_down_takes_nobodys_token_away()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        await CallAsync(instance);
        rig.Store.Before = _ => throw UpsertTests.Trouble();
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        await CallAsync(instance);

        rig.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1605);
    }

    [Theory]
    [InlineData("pending_auth")]
    [InlineData("disconnected")]
    [InlineData("pending_verification")]
    public async Task An_account_that_is_not_connected_asks_for_its_user(string status)
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        var present = (await rig.Store.FindAsync(Octocat, Token))!;
        await rig.Store.TryReplaceAsync(present with { Version = present.Version + 1, Status = new(status) }, null, Token);

        var error = (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which;

        error.Reason.Should().Be(ErrorReason.ReconnectRequired);
        error.Message.Should().Contain(status);
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_an_App_a_token_serves_until_it_ends_and_then_says_what_is_missing()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance(hasApp: false);
        await rig.ConnectAsync(instance);
        await CallAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));

        (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Message.Should().Contain("AddGitHubUserTokens");
    }

    [Fact]
    public async Task A_personal_token_needs_no_App_and_is_never_refreshed()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance(hasApp: false);
        var grant = rig.App.Grant("octocat");
        await AccountsOf(instance).UpsertAsync(Octocat, new OAuthTokenCredential { AccessToken = new(grant.AccessToken) }, cancellationToken: Token);
        await CallAsync(instance);
        rig.App.Revoke("octocat");

        var error = (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which;

        (error.Reason, error.Status).Should().Be((ErrorReason.BadCredentials, HttpStatusCode.Unauthorized));
        CredentialOf(instance).CanRenew.Should().BeFalse();
    }

    [Fact]
    public async Task A_credential_of_another_kind_is_not_sent()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await AccountsOf(instance).UpsertAsync(Octocat, new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal) { ["password"] = new("p") }), cancellationToken: Token);

        (await FluentActions.Awaiting(() => CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Message.Should().Contain("static_auth");
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task One_credential_serves_all_who_ask_for_the_account()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();

        CredentialOf(instance).Should().BeSameAs(CredentialOf(instance));
        var identities = Enumerable.Range(0, 1000).Select(number => instance.GetRequiredService<IConnectedAccountCredentials>().For(Octocat with { UserId = $"{number}" }).Identity).ToList();
        identities.Should().OnlyHaveUniqueItems().And.NotContain(CredentialOf(instance).Identity).And.OnlyContain(identity => !identity.Contains("octocat"));
    }

    private static bool Advance(AccountTokenRig rig, TimeSpan time)
    {
        rig.Time.Advance(time);
        return false;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
