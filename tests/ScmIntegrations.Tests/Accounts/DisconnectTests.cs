using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Tests.Accounts.Renewal;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>An account whose user has taken the authorisation back: its tokens are not used any more, here at once and elsewhere soon.</summary>
public sealed class DisconnectTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disconnected_account_keeps_its_credential_and_says_why()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access"), cancellationToken: Token);

        (await rig.Accounts.DisconnectAsync(Ada, Token)).Should().BeTrue();

        var account = await rig.Accounts.GetAsync(Ada, Token);
        (account.Status, account.StatusReason, account.Version).Should().Be((AccountStatus.Disconnected, "revoked", 2));
        (await rig.Accounts.GetCredentialAsync(Ada, Token)).Should().NotBeNull();
    }

    [Fact]
    public async Task Disconnecting_again_writes_nothing()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access"), cancellationToken: Token);
        await rig.Accounts.DisconnectAsync(Ada, Token);

        (await rig.Accounts.DisconnectAsync(Ada, Token)).Should().BeTrue();

        (await rig.Accounts.GetAsync(Ada, Token)).Version.Should().Be(2);
    }

    [Fact]
    public async Task Where_there_is_no_account_nothing_is_made()
    {
        await using var rig = new AccountRig();

        (await rig.Accounts.DisconnectAsync(Ada, Token)).Should().BeFalse();

        (await rig.Accounts.ListPageAsync(cancellationToken: Token)).Accounts.Should().BeEmpty();
    }

    [Fact]
    public async Task All_four_parts_of_the_identity_count()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access"), cancellationToken: Token);

        (await rig.Accounts.DisconnectAsync(Ada with { OrganizationId = "another" }, Token)).Should().BeFalse();

        (await rig.Accounts.GetAsync(Ada, Token)).Status.Should().Be(AccountStatus.Active);
    }

    [Fact]
    public async Task Supplying_a_credential_connects_it_again()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access"), cancellationToken: Token);
        await rig.Accounts.DisconnectAsync(Ada, Token);

        var upsert = await rig.Accounts.UpsertAsync(Ada, Tokens("another"), cancellationToken: Token);

        (upsert.Outcome, upsert.Account.Status, upsert.Account.StatusReason).Should().Be((AccountOutcome.Updated, AccountStatus.Active, null));
    }

    [Fact]
    public async Task Those_who_change_it_at_once_lose_nothing()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access"), cancellationToken: Token);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(async () => _ = number % 2 == 0
            ? await rig.Accounts.DisconnectAsync(Ada, Token)
            : await rig.Accounts.UpsertAsync(Ada, Tokens($"access{number}"), cancellationToken: Token) is not null)));
        await rig.Accounts.DisconnectAsync(Ada, Token);

        (await rig.Accounts.GetAsync(Ada, Token)).Status.Should().Be(AccountStatus.Disconnected);
    }

    [Fact]
    public async Task Its_token_is_not_used_any_more_from_that_moment()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        await AccountTokenRig.CallAsync(instance);
        rig.GitHub.ClearRequests();

        await AccountTokenRig.AccountsOf(instance).DisconnectAsync(AccountTokenRig.Octocat, Token);

        (await FluentActions.Awaiting(() => AccountTokenRig.CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>()).Which.Reason.Should().Be(ErrorReason.ReconnectRequired);
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_deleted_accounts_token_is_not_used_any_more_either()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        await AccountTokenRig.CallAsync(instance);
        rig.GitHub.ClearRequests();

        await AccountTokenRig.AccountsOf(instance).DeleteAsync(AccountTokenRig.Octocat, Token);

        await FluentActions.Awaiting(() => AccountTokenRig.CallAsync(instance)).Should().ThrowAsync<ScmUnauthorizedException>();
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Another_instance_sees_it_within_half_a_minute()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var (instance, other) = (rig.NewInstance(), rig.NewInstance());
        await rig.ConnectAsync(instance);
        await AccountTokenRig.CallAsync(other);

        await AccountTokenRig.AccountsOf(instance).DisconnectAsync(AccountTokenRig.Octocat, Token);
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        await FluentActions.Awaiting(() => AccountTokenRig.CallAsync(other)).Should().ThrowAsync<ScmUnauthorizedException>();
    }

    [Fact]
    public async Task A_look_that_was_under_way_does_not_bring_the_token_back()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        var credential = AccountTokenRig.CredentialOf(instance);
        var told = false;
        rig.Store.After = async _ =>
        {
            if (!told)
            {
                told = true;
                await AccountTokenRig.AccountsOf(instance).DisconnectAsync(AccountTokenRig.Octocat, Token);
            }
        };
        await credential.GetTokenAsync(Token);

        await FluentActions.Awaiting(() => credential.GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>();
    }

    [Fact]
    public async Task A_refresh_that_was_under_way_leaves_it_disconnected()
    {
        await using var rig = await AccountTokenRig.StartAsync();
        var instance = rig.NewInstance();
        await rig.ConnectAsync(instance);
        rig.Time.Advance(TimeSpan.FromHours(9));
        var mayAnswer = rig.HoldRefresh();
        var credential = AccountTokenRig.CredentialOf(instance);
        var waiting = credential.GetTokenAsync(Token).AsTask();
        await rig.GitHub.WaitForRequestsAsync(HttpMethod.Post, AccountTokenRig.TokenPath, 1, Token);

        await AccountTokenRig.AccountsOf(instance).DisconnectAsync(AccountTokenRig.Octocat, Token);
        mayAnswer.SetResult();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<ScmUnauthorizedException>();
        await FluentActions.Awaiting(() => credential.GetTokenAsync(Token).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>();
        (await AccountTokenRig.AccountAsync(instance)).Status.Should().Be(AccountStatus.Disconnected);
    }

    [Fact]
    public async Task Accounts_kept_elsewhere_say_that_they_cannot_be_disconnected()
    {
        await FluentActions.Awaiting(() => ((IConnectedAccounts)new CircularAccounts()).DisconnectAsync(Ada, Token))
            .Should().ThrowAsync<NotSupportedException>().WithMessage("CircularAccounts*");
    }
}
