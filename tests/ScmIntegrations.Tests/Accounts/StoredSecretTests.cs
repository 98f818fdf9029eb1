using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>What is stored is encrypted, and belongs where it was written.</summary>
public sealed class StoredSecretTests
{
    private const string Access = "gho_access-in-the-clear";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_a_credential_is_stored_in_the_clear()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens(Access, "ghr_refresh") with { Scopes = ["repo-scope"], Domain = "octo.ghe.com" }, cancellationToken: Token);

        var stored = (await rig.Store.FindCredentialAsync(Ada, Token))!;

        var bytes = Convert.ToHexString(stored.Sealed.Span) + Convert.ToHexString(stored.Account.FingerprintKey.Span);
        foreach (var secret in (string[])[Access, "ghr_refresh", "repo-scope", "octo.ghe.com", "access_token"])
        {
            bytes.Should().NotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(secret)));
            string.Join(' ', stored.Account.Fingerprints.Values).Should().NotContain(secret);
        }
    }

    [Fact]
    public async Task The_same_secret_of_two_accounts_has_different_fingerprints()
    {
        await using var rig = new AccountRig();
        var other = Ada with { UserId = "8" };
        await rig.Accounts.UpsertAsync(Ada, Tokens(Access), cancellationToken: Token);
        await rig.Accounts.UpsertAsync(other, Tokens(Access), cancellationToken: Token);

        (await rig.Store.FindAsync(Ada, Token))!.Fingerprints["access_token"].Should().NotBe((await rig.Store.FindAsync(other, Token))!.Fingerprints["access_token"]);
    }

    [Theory]
    [InlineData("another tenant's")]
    [InlineData("an earlier one")]
    [InlineData("changed")]
    [InlineData("cut off")]
    [InlineData("empty")]
    [InlineData("the fingerprint key")]
    public async Task A_record_that_was_changed_or_swapped_is_a_typed_error(string how)
    {
        await using var rig = new AccountRig();
        var other = Ada with { OrganizationId = "globex" };
        await rig.Accounts.UpsertAsync(other, Tokens("gho_of-globex"), cancellationToken: Token);
        await rig.Accounts.UpsertAsync(Ada, Tokens("gho_earlier"), cancellationToken: Token);
        var earlier = (await rig.Store.FindCredentialAsync(Ada, Token))!.Sealed;
        await rig.Accounts.UpsertAsync(Ada, Tokens(Access), cancellationToken: Token);
        var present = (await rig.Store.FindCredentialAsync(Ada, Token))!;
        await PutAsync(rig, present.Account, how switch
        {
            "another tenant's" => (await rig.Store.FindCredentialAsync(other, Token))!.Sealed,
            "an earlier one" => earlier,
            "changed" => Flip(present.Sealed),
            "cut off" => present.Sealed[..^1],
            "empty" => ReadOnlyMemory<byte>.Empty,
            _ => present.Account.FingerprintKey,
        });

        var error = (await FluentActions.Awaiting(() => rig.Accounts.GetCredentialAsync(Ada, Token)).Should().ThrowAsync<ScmCredentialUnreadableException>()).Which;

        (error.Reason, error.Acts, error.IsExpected, error.IsTransient).Should().Be((ErrorReason.CredentialUnreadable, ActionOwner.Operator, false, false));
        error.Message.Should().Contain(present.Account.Id);
        error.ToString().Should().NotContain("gho_");
        (await rig.Accounts.GetAsync(Ada, Token)).Status.Should().Be(AccountStatus.Active, "an existence check reads no secret");
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_lost_quietly_and_heals_by_all_that_it_held()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens(Access, "ghr_1"), cancellationToken: Token);
        var present = (await rig.Store.FindCredentialAsync(Ada, Token))!;
        await PutAsync(rig, present.Account, Flip(present.Sealed));

        await FluentActions.Awaiting(() => rig.Accounts.UpsertAsync(Ada, Tokens("gho_2"), cancellationToken: Token))
            .Should().ThrowAsync<ScmCredentialUnreadableException>("the refresh token would have to be kept");
        (await rig.Accounts.UpsertAsync(Ada, Tokens("gho_2", "ghr_2"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);

        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("gho_2", "ghr_2"));
    }

    [Fact]
    public async Task Keys_can_be_rotated_and_a_credential_moves_when_it_is_written()
    {
        var store = new WatchedStore();
        var newKey = new AccountEncryptionKey("new", Enumerable.Range(100, 32).Select(number => (byte)number).ToArray());
        await using (var before = new AccountRig(store))
        {
            await before.Accounts.UpsertAsync(Ada, Tokens(Access, "ghr_1"), cancellationToken: Token);
        }

        await using (var during = new AccountRig(store, keys: [newKey, TestKey]))
        {
            (await during.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be(Access);
            (await during.Accounts.UpsertAsync(Ada, Tokens(Access), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
            (await during.Accounts.UpsertAsync(Ada, Tokens("gho_2"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);
        }

        await using var after = new AccountRig(store, keys: [newKey]);
        (await after.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("gho_2", "ghr_1"));
        (await after.Accounts.UpsertAsync(Ada, Tokens("gho_2", "ghr_1"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged, "the key of the fingerprints has moved too");
    }

    [Fact]
    public async Task A_key_that_is_gone_is_named()
    {
        var store = new WatchedStore();
        await using (var before = new AccountRig(store))
        {
            await before.Accounts.UpsertAsync(Ada, Tokens(Access), cancellationToken: Token);
        }

        await using var after = new AccountRig(store, keys: [new AccountEncryptionKey("other", new byte[32])]);

        (await FluentActions.Awaiting(() => after.Accounts.GetCredentialAsync(Ada, Token)).Should().ThrowAsync<ScmCredentialUnreadableException>()).Which.Message.Should().Contain("'test'");
    }

    private static async Task PutAsync(AccountRig rig, StoredAccount present, ReadOnlyMemory<byte> credential) =>
        (await rig.Store.TryReplaceAsync(present with { Version = present.Version + 1 }, credential.ToArray(), Token)).Should().BeTrue();

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> bytes)
    {
        var changed = bytes.ToArray();
        changed[^1] ^= 1;
        return changed;
    }
}
