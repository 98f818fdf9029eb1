using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Tests.Interactions;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts.Protection;

/// <summary>What is in the store: nothing that can be read, nothing that can be exchanged, and a key that can be replaced.</summary>
public sealed class StoredSecretTests
{
    private static readonly AccountIdentity OtherTenant = Ada with { OrganizationId = "evil" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AccountEncryptionKey NewKey { get; } = new("2026-12", Enumerable.Repeat((byte)7, 32).ToArray());

    [Fact]
    public async Task Nothing_in_the_store_shows_a_token_or_that_two_accounts_have_the_same()
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(Ada, Tokens("THISMUSTNEVERPRINT", "NORMAYTHIS"), cancellationToken: Token);
        await rig.Accounts.UpsertAsync(OtherTenant, Tokens("THISMUSTNEVERPRINT", "NORMAYTHIS"), cancellationToken: Token);

        var (one, other) = ((await rig.Store.FindCredentialAsync(Ada, Token))!, (await rig.Store.FindCredentialAsync(OtherTenant, Token))!);

        one.Account.Fingerprints.Values.Should().NotIntersectWith(other.Account.Fingerprints.Values);
        foreach (var stored in (StoredCredential[])[one, other])
        {
            var all = $"{stored.Account} {string.Join(' ', stored.Account.Fingerprints)} {Encoding.Latin1.GetString(stored.Sealed.Span)} {Encoding.Latin1.GetString(stored.Account.FingerprintKey.Span)}";
            all.Should().NotContain("THISMUSTNEVERPRINT").And.NotContain("NORMAYTHIS");
        }
    }

    [Theory]
    [InlineData("another tenant's")]
    [InlineData("an earlier version's")]
    [InlineData("changed")]
    [InlineData("cut off")]
    [InlineData("nothing")]
    public async Task A_credential_that_was_changed_or_exchanged_is_told_and_nothing_is_written_over_it(string what)
    {
        await using var rig = new AccountRig();
        await rig.Accounts.UpsertAsync(OtherTenant, Tokens("THISMUSTNEVERPRINT", "refresh-9"), cancellationToken: Token);
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token);
        var earlier = (await rig.Store.FindCredentialAsync(Ada, Token))!.Sealed;
        await rig.Accounts.UpsertAsync(Ada, Tokens("access-2", "refresh-2"), cancellationToken: Token);
        var present = (await rig.Store.FindCredentialAsync(Ada, Token))!;
        byte[] changed = [.. present.Sealed.Span];
        changed[^1] ^= 1;
        ReadOnlyMemory<byte> put = what switch
        {
            "another tenant's" => (await rig.Store.FindCredentialAsync(OtherTenant, Token))!.Sealed,
            "an earlier version's" => earlier,
            "changed" => changed,
            "cut off" => present.Sealed[..^1],
            _ => ReadOnlyMemory<byte>.Empty,
        };
        (await rig.Store.TryReplaceAsync(present.Account with { Version = present.Account.Version + 1 }, put.ToArray(), Token)).Should().BeTrue();
        var writes = rig.Store.Writes;

        foreach (var call in (Func<Task>[])
        [
            () => rig.Accounts.GetCredentialAsync(Ada, Token),
            () => rig.Accounts.UpsertAsync(Ada, Tokens("access-3"), cancellationToken: Token),
            () => rig.Services.GetRequiredService<IConnectedAccountCredentials>().For(Ada).GetTokenAsync(Token).AsTask(),
        ])
        {
            var error = (await call.Should().ThrowAsync<ScmCredentialUnreadableException>()).Which;
            error.IsExpected.Should().BeFalse("somebody has to act");
            error.ToString().Should().NotContain("THISMUSTNEVERPRINT").And.NotContain("access-");
        }

        rig.Store.Writes.Should().Be(writes);
        (await rig.Accounts.UpsertAsync(Ada, Tokens("access-4", "refresh-4"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated, "nothing of what is unreadable has to be kept");
        (await rig.StoredTokensAsync(Ada)).Should().BeEquivalentTo(Tokens("access-4", "refresh-4"));
    }

    [Fact]
    public async Task A_key_is_replaced_while_accounts_live_on()
    {
        var store = new WatchedStore();
        await using var before = Accounts(store, TestKey);
        await using var between = Accounts(store, NewKey, TestKey);
        await using var after = Accounts(store, NewKey);
        await Of(before).UpsertAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token);

        (await Of(between).GetCredentialAsync(Ada, Token)).Should().Be(Tokens("access-1", "refresh-1"));
        (await FluentActions.Awaiting(() => Of(after).GetCredentialAsync(Ada, Token)).Should().ThrowAsync<ScmCredentialUnreadableException>()).Which.Message.Should().Contain("'test'");
        (await Of(between).UpsertAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
        (await Of(between).UpsertAsync(Ada, Tokens("access-2"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);

        (await Of(after).GetCredentialAsync(Ada, Token)).Should().Be(Tokens("access-2", "refresh-1"));
        (await Of(after).UpsertAsync(Ada, Tokens("access-2", "refresh-1"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Unchanged);
    }

    [Fact]
    public async Task An_account_whose_key_is_gone_is_connected_again()
    {
        var store = new WatchedStore();
        await using var before = Accounts(store, TestKey);
        await using var after = Accounts(store, NewKey);
        await Of(before).UpsertAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token);

        (await Of(after).UpsertAsync(Ada, Tokens("access-1", "refresh-1"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Updated);

        (await Of(after).GetCredentialAsync(Ada, Token)).Should().Be(Tokens("access-1", "refresh-1"));
        after.GetRequiredService<RecordingReporter>().Reports.Should().ContainSingle("two instances with different keys take accounts from each other").Which.Reason.Should().Contain("keys");
    }

    [Fact]
    public async Task A_store_without_a_key_and_two_keys_of_one_name_are_refused_at_the_start()
    {
        await using var none = Accounts(new WatchedStore());
        await using var twice = Accounts(new WatchedStore(), NewKey, NewKey);

        FluentActions.Invoking(() => Of(none)).Should().Throw<OptionsValidationException>().WithMessage("*no key to encrypt*");
        FluentActions.Invoking(() => Of(twice)).Should().Throw<OptionsValidationException>().WithMessage("*2 keys named '2026-12'*");
    }

    private static ServiceProvider Accounts(WatchedStore store, params IEnumerable<AccountEncryptionKey> keys)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IAccountStore>(store);
        services.AddSingleton<RecordingReporter>().AddSingleton<IFailureReporter>(static provider => provider.GetRequiredService<RecordingReporter>());
        services.AddScmIntegrations().AddConnectedAccounts(options =>
        {
            foreach (var key in keys)
            {
                options.EncryptionKeys.Add(key);
            }
        });
        return services.BuildServiceProvider();
    }

    private static IConnectedAccounts Of(IServiceProvider services) => services.GetRequiredService<IConnectedAccounts>();
}
