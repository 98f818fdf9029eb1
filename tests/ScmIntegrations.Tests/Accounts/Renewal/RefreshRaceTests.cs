using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using static ScmIntegrations.Tests.Accounts.Renewal.AccountTokenRig;

namespace ScmIntegrations.Tests.Accounts.Renewal;

/// <summary>Refreshes that meet a store that fails, users who connect meanwhile, and clocks that jump: no token is lost, and none is told as bad that is not.</summary>
public sealed class RefreshRaceTests
{
    private const string Writing = "replace";

    [Fact]
    public async Task What_a_refresh_has_spent_does_not_come_back_with_something_new()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var first = await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        await CredentialOf(instance).GetTokenAsync(Token);
        var refreshed = rig.App.Grants.Single();

        // Ends that are counted anew at every start, and a scope that is new.
        var again = CredentialOf(first) with { AccessTokenExpiresAt = rig.Time.GetUtcNow().AddHours(8), RefreshTokenExpiresAt = rig.Time.GetUtcNow().AddDays(180), Scopes = ["repo"] };
        (await AccountsOf(instance).UpsertAsync(Octocat, again, cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);
        (await AccountsOf(instance).UpsertAsync(Octocat, again, cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);

        (await StoredAsync(instance)).Should().BeEquivalentTo(CredentialOf(refreshed) with { Scopes = ["repo"] });
    }

    [Fact]
    public async Task A_change_of_something_else_does_not_forget_what_a_refresh_has_spent()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var first = await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        await CredentialOf(instance).GetTokenAsync(Token);
        await AccountsOf(instance).UpsertAsync(Octocat, new OAuthTokenCredential { Domain = "octo.ghe.com" }, cancellationToken: Token);

        (await AccountsOf(instance).UpsertAsync(Octocat, CredentialOf(first), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);

        (await StoredAsync(instance)).Should().BeEquivalentTo(CredentialOf(rig.App.Grants.Single()) with { Domain = "octo.ghe.com" });
    }

    [Fact]
    public async Task A_token_that_waits_to_be_stored_is_stored_before_another_trade()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var token = await LoadWithoutStoringAsync(rig, instance, UpsertTests.Trouble());

        // It nears its end, and ends, and the store still takes no writes: what it holds is spent.
        rig.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(5));
        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(token);
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        (await FluentActions.Awaiting(() => CredentialOf(instance).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmTransportException>()).Which.IsExpected.Should().BeFalse();
        rig.Refreshes.Should().Be(1);

        rig.Store.Before = _ => Task.CompletedTask;
        rig.Time.Advance(TimeSpan.FromSeconds(31));
        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(rig.App.Grants.Single().AccessToken).And.NotBe(token);

        rig.Refreshes.Should().Be(2);
        (await AccountAsync(instance)).Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task A_store_that_fails_in_a_way_of_its_own_takes_nobodys_token_away()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var token = await LoadWithoutStoringAsync(rig, instance, new NotSupportedException("A store of somebody's."));

        rig.Time.Advance(TimeSpan.FromSeconds(31));

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(token);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_account_that_is_connected_anew_before_the_trade_serves_with_its_own_token(int read)
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var anew = rig.App.Grant("octocat");
        var reads = 0;
        rig.Store.Before = async call =>
        {
            if (call is "find_credential" && ++reads == read)
            {
                rig.Store.Before = _ => Task.CompletedTask;
                await ConnectAnewAsync(rig, instance, anew);
            }
        };

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(anew.AccessToken);

        rig.Refreshes.Should().Be(0);
    }

    [Fact]
    public async Task An_account_that_is_connected_anew_while_its_token_is_traded_serves_with_its_own_token()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var anew = rig.App.Grant("octocat");
        OnceBefore(rig, Writing, () => ConnectAnewAsync(rig, instance, anew));

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(anew.AccessToken);

        (await StoredAsync(instance)).Should().BeEquivalentTo(CredentialOf(anew));
    }

    [Fact]
    public async Task An_account_that_is_deleted_while_its_token_is_traded_stays_deleted()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        OnceBefore(rig, Writing, () => AccountsOf(instance).DeleteAsync(Octocat, Token));

        (await FluentActions.Awaiting(() => CredentialOf(instance).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.ReconnectRequired);

        (await rig.Store.FindAsync(Octocat, Token)).Should().BeNull();
    }

    [Fact]
    public async Task An_account_that_is_disconnected_while_its_token_is_traded_stays_disconnected_and_keeps_the_new_token()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        OnceBefore(rig, Writing, async () =>
        {
            var present = (await rig.Store.FindAsync(Octocat, Token))!;
            (await rig.Store.TryReplaceAsync(present with { Version = present.Version + 1, Status = AccountStatus.Disconnected }, null, Token)).Should().BeTrue();
        });

        (await FluentActions.Awaiting(() => CredentialOf(instance).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Message.Should().Contain("disconnected");

        (await AccountAsync(instance)).Status.Should().Be(AccountStatus.Disconnected);
        (await StoredAsync(instance)).Should().BeEquivalentTo(CredentialOf(rig.App.Grants.Single()));
    }

    [Fact]
    public async Task A_holder_that_outlives_its_lock_heals_the_account_that_another_marked_meanwhile()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (slow, other) = (rig.NewInstance(hasLock: false), rig.NewInstance(hasLock: false));
        await rig.ConnectAsync(slow);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var mayStore = new TaskCompletionSource();
        OnceBefore(rig, Writing, () => mayStore.Task);
        var trading = Task.Run(async () => (await CredentialOf(slow).GetTokenAsync(Token)).Value, Token);
        await rig.GitHub.WaitForRequestsAsync(1, Token);
        while (rig.Store.Writes < 2)
        {
            await Task.Yield();
        }

        (await FluentActions.Awaiting(() => CredentialOf(other).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.ReconnectRequired);
        (await AccountAsync(other)).StatusReason.Should().Be("bad_refresh_token");
        mayStore.SetResult();

        var token = await trading;
        (await AccountAsync(other)).Should().Match<ConnectedAccount>(account => account.Status == AccountStatus.Active && account.StatusReason == null);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        (await CredentialOf(other).GetTokenAsync(Token)).Value.Should().Be(token).And.Be(rig.App.Grants.Single().AccessToken);
    }

    [Fact]
    public async Task A_process_that_ends_in_order_stores_what_is_being_traded()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (ending, other) = (rig.NewInstance(), rig.NewInstance());
        await rig.ConnectAsync(ending);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var mayAnswer = rig.HoldRefresh();
        using var leaving = new CancellationTokenSource();
        var call = CredentialOf(ending).GetTokenAsync(leaving.Token).AsTask();
        await rig.GitHub.WaitForRequestsAsync(1, Token);
        await leaving.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();

        var end = ending.DisposeAsync().AsTask();
        end.IsCompleted.Should().BeFalse();
        mayAnswer.SetResult();
        await end;

        (await StoredTokenAsync(other)).Should().Be("ghu_new");
    }

    [Fact]
    public async Task A_process_that_ends_does_not_wait_for_a_store_that_never_answers()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await LoadWithoutStoringAsync(rig, instance, UpsertTests.Trouble());
        var never = new TaskCompletionSource();
        rig.Store.Before = _ => never.Task;

        var end = instance.DisposeAsync().AsTask();
        while (!end.IsCompleted && rig.Time.GetUtcNow() < AccountRig.Start.AddDays(1))
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        end.IsCompleted.Should().BeTrue();
        never.SetResult();
    }

    [Fact]
    public async Task An_access_token_that_a_user_supplies_meanwhile_does_not_cost_the_new_refresh_token()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var supplied = rig.App.Grant("octocat");
        OnceBefore(rig, Writing, () => AccountsOf(instance).UpsertAsync(Octocat, new OAuthTokenCredential { AccessToken = new(supplied.AccessToken) }, cancellationToken: Token));

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(supplied.AccessToken);

        var stored = await StoredAsync(instance);
        stored.AccessToken!.Value.Should().Be(supplied.AccessToken);
        stored.RefreshToken!.Value.Should().Be(rig.App.Grants.Single(grant => grant != supplied).RefreshToken, "the one before is spent");
    }

    [Fact]
    public async Task A_clock_that_jumps_back_does_not_keep_a_failure_in_mind()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await FluentActions.Awaiting(() => CredentialOf(instance).GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>();
        var grant = await rig.ConnectAsync(instance);

        JumpBack(rig);
        rig.Time.Advance(TimeSpan.FromSeconds(31));

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(grant.AccessToken);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_hides_no_change_of_the_account()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (instance, other) = (rig.NewInstance(), rig.NewInstance());
        await rig.ConnectAsync(instance);
        await CredentialOf(instance).GetTokenAsync(Token);
        var anew = await rig.ConnectAsync(other);

        JumpBack(rig);
        rig.Time.Advance(TimeSpan.FromSeconds(31));

        (await CredentialOf(instance).GetTokenAsync(Token)).Value.Should().Be(anew.AccessToken);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_does_not_keep_a_refused_token()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        var credential = CredentialOf(instance);
        credential.Invalidate(await credential.GetTokenAsync(Token));
        var second = await credential.GetTokenAsync(Token);

        JumpBack(rig);
        rig.Time.Advance(TimeSpan.FromSeconds(31));
        credential.Invalidate(second);

        (await credential.GetTokenAsync(Token)).Value.Should().NotBe(second.Value);
        rig.Refreshes.Should().Be(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_ended_before_all_time_has_ended(bool renews)
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        var grant = rig.App.Grant("octocat");
        await AccountsOf(instance).UpsertAsync(
            Octocat,
            new OAuthTokenCredential { AccessToken = new(grant.AccessToken), AccessTokenExpiresAt = DateTimeOffset.MinValue, RefreshToken = renews ? new(grant.RefreshToken!) : null },
            cancellationToken: Token);

        var call = () => CredentialOf(instance).GetTokenAsync(Token).AsTask();

        if (renews)
        {
            (await call()).Value.Should().Be(rig.App.Grants.Single().AccessToken);
        }
        else
        {
            (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.ReconnectRequired);
        }
    }

    /// <summary>A refresh whose result the store does not take, from now on.</summary>
    private static async Task<string> LoadWithoutStoringAsync(AccountTokenRig rig, IServiceProvider instance, Exception trouble)
    {
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        rig.Store.Before = call => call is Writing ? throw trouble : Task.CompletedTask;
        var loading = Task.Run(async () => (await CredentialOf(instance).GetTokenAsync(Token)).Value, Token);
        while (rig.Store.Writes <= 2)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        rig.Time.Advance(TimeSpan.FromSeconds(21));
        return await loading;
    }

    private static void OnceBefore(AccountTokenRig rig, string step, Func<Task> act) => rig.Store.Before = async call =>
    {
        if (call.Equals(step, StringComparison.Ordinal))
        {
            rig.Store.Before = _ => Task.CompletedTask;
            await act();
        }
    };

    private static async Task ConnectAnewAsync(AccountTokenRig rig, IServiceProvider instance, FakeUserGrant grant)
    {
        await AccountsOf(instance).DeleteAsync(Octocat, Token);
        await rig.ConnectAsync(instance, grant);
    }

    private static void JumpBack(AccountTokenRig rig) => rig.Time.SetUtcNow(rig.Time.GetUtcNow() - TimeSpan.FromDays(1));

    private static async Task<OAuthTokenCredential> StoredAsync(IServiceProvider instance) =>
        (OAuthTokenCredential)(await AccountsOf(instance).GetCredentialAsync(Octocat, Token))!;

    [Fact]
    public async Task A_token_that_lives_less_than_a_minute_is_not_traded_again_and_again_by_one_caller()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        rig.App.AccessTokenLifetime = TimeSpan.FromSeconds(30);
        await rig.ConnectAsync(instance);

        await CredentialOf(instance).GetTokenAsync(Token);

        rig.Refreshes.Should().BeLessThanOrEqualTo(2, "one trade that the caller waits for, and perhaps the renewal behind it");
    }
}
