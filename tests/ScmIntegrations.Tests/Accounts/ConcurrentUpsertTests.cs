using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>Any number of callers at once end with one account and no exception.</summary>
public sealed class ConcurrentUpsertTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_upserts_of_one_identity_give_one_account()
    {
        await using var rig = new AccountRig();

        var upserts = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => rig.Accounts.UpsertAsync(Ada, Tokens($"access-{number}", $"refresh-{number}")))));

        upserts.Select(upsert => upsert.Account.Id).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        upserts.Count(upsert => upsert.Outcome == AccountOutcome.Created).Should().Be(1);
        (await rig.Accounts.ListAsync(cancellationToken: Token).ToListAsync(Token)).Should().ContainSingle();
        var tokens = await rig.StoredTokensAsync(Ada);
        tokens.RefreshToken!.Value.Should().Be(tokens.AccessToken!.Value.Replace("access", "refresh", StringComparison.Ordinal), "what one caller supplied stays together");
    }

    [Fact]
    public async Task A_hundred_upserts_in_ten_processes_give_one_account()
    {
        var store = new WatchedStore();
        store.Before = async _ => await Task.Yield();
        var rigs = Enumerable.Range(0, 10).Select(_ => new AccountRig(store)).ToList();
        rigs.ForEach(rig => rig.Time.AutoAdvance = true);

        var upserts = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => rigs[number % 10].Accounts.UpsertAsync(Ada, Tokens($"access-{number}", $"refresh-{number}")))));

        upserts.Select(upsert => upsert.Account.Id).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        upserts.Count(upsert => upsert.Outcome == AccountOutcome.Created).Should().Be(1);
        upserts.Where(upsert => upsert.Outcome == AccountOutcome.Updated).Select(upsert => upsert.Account.Version).Should().OnlyHaveUniqueItems("each write was made from what the one before had left");
        foreach (var rig in rigs)
        {
            await rig.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_same_from_a_hundred_callers_is_written_once()
    {
        await using var rig = new AccountRig();

        var upserts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => rig.Accounts.UpsertAsync(Ada, Tokens("access", "refresh")))));

        upserts.GroupBy(upsert => upsert.Outcome).ToDictionary(outcome => outcome.Key, outcome => outcome.Count())
            .Should().BeEquivalentTo(new Dictionary<AccountOutcome, int> { [AccountOutcome.Created] = 1, [AccountOutcome.Unchanged] = 99 });
        rig.Store.Writes.Should().Be(1);
    }

    [Fact]
    public async Task A_caller_who_is_never_first_is_told_so_in_the_end()
    {
        await using var rig = new AccountRig();
        rig.Time.AutoAdvance = true;
        await rig.Accounts.CreateAsync(Ada, Tokens("access-0"), cancellationToken: Token);
        rig.Store.Before = async call =>
        {
            if (call is "replace")
            {
                var present = (await rig.Store.FindCredentialAsync(Ada))!;
                rig.Store.Before = Again(rig.Store.Before);
                await rig.Store.TryReplaceAsync(present.Account with { Version = present.Account.Version + 1 }, null);
            }
        };

        var call = () => rig.Accounts.UpsertAsync(Ada, Tokens("access-1"));

        (await call.Should().ThrowAsync<ScmConflictException>()).Which.Message.Should().Contain("not applied");
        (await rig.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be("access-0");

        // Steps aside for the write that it makes itself.
        Func<string, Task> Again(Func<string, Task> before) => call =>
        {
            rig.Store.Before = before;
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task A_caller_who_leaves_holds_nobody_up()
    {
        await using var rig = new AccountRig();
        var isWriting = new TaskCompletionSource();
        var mayGoOn = new TaskCompletionSource();
        rig.Store.Before = async call =>
        {
            if (call is "add")
            {
                isWriting.TrySetResult();
                await mayGoOn.Task;
            }
        };
        var first = rig.Accounts.UpsertAsync(Ada, Tokens("access-1"), cancellationToken: Token);
        await isWriting.Task;
        using var leaving = new CancellationTokenSource();
        var second = rig.Accounts.UpsertAsync(Ada, Tokens("access-2"), cancellationToken: leaving.Token);
        var third = rig.Accounts.UpsertAsync(Ada, Tokens("access-3"), cancellationToken: Token);

        await leaving.CancelAsync();
        (await FluentActions.Awaiting(() => second).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        mayGoOn.SetResult();

        (await first).Outcome.Should().Be(AccountOutcome.Created);
        (await third).Outcome.Should().Be(AccountOutcome.Updated);
        (await rig.StoredTokensAsync(Ada)).AccessToken!.Value.Should().Be("access-3");
    }

    [Fact]
    public async Task The_gate_keeps_nothing_of_accounts_that_nobody_is_at()
    {
        var gate = new AccountGate();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => gate.RunAsync(new("github", $"user-{number % 50}"), async () =>
        {
            await Task.Yield();
            return number;
        }, CancellationToken.None)));

        gate.Count.Should().Be(0);
    }
}
