using ScmIntegrations.Caching;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>Lets one instance refresh the token of an account. A lease, so that it heals when its holder dies.</summary>
/// <param name="locks">The lock among instances; <see langword="null"/> where there is one instance.</param>
/// <param name="tokens">Tells whether the holder has brought another token.</param>
/// <param name="timeProvider">The clock of waits.</param>
/// <param name="log">The log.</param>
internal sealed class AccountLease(IRefreshLock? locks, AccountTokenStore tokens, TimeProvider timeProvider, AccountTokenLog log)
{
    /// <summary>The longest that another instance is waited for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    // Outlives a trade that takes all of its time, and the saving after it.
    private static readonly TimeSpan TimeToLive = AccountTokenRefresh.TradeLimit + AccountTokenRefresh.SaveLimit + TimeSpan.FromSeconds(55);

    /// <summary>Runs under the lock; or not at all when the account has another credential by the time the lock is free.</summary>
    /// <returns>The result of the run; <see langword="null"/> when somebody else was first.</returns>
    /// <exception cref="ScmTimeoutException">Another instance has held the lock for 30 seconds.</exception>
    /// <exception cref="ScmTransportException">The lock cannot be reached.</exception>
    public async Task<AccountToken?> RunAsync(AccountToken present, Func<Task<AccountToken>> run)
    {
        if (locks is null)
        {
            return await run().ConfigureAwait(false);
        }

        var (name, owner) = ($"account-token:{present.Account.Id}", Guid.NewGuid().ToString("N"));
        try
        {
            return await TakeAsync(locks, name, owner, present).ConfigureAwait(false) ? await run().ConfigureAwait(false) : null;
        }
        finally
        {
            // Also when it was not heard whether the lock was taken; giving back what is another's does nothing.
            await ReleaseAsync(locks, name, owner).ConfigureAwait(false);
        }
    }

    private async Task<bool> TakeAsync(IRefreshLock locks, string name, string owner, AccountToken present)
    {
        var (identity, began) = (present.Account.Identity, timeProvider.GetTimestamp());
        while (!await TryAcquireAsync(locks, name, owner, identity).ConfigureAwait(false))
        {
            if (timeProvider.GetElapsedTime(began) >= LongestWait)
            {
                throw AccountTokenErrors.LockHeld(identity, LongestWait);
            }

            await Task.Delay(PollEvery, timeProvider, CancellationToken.None).ConfigureAwait(false);
            if (!await tokens.IsCurrentAsync(present, CancellationToken.None).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> TryAcquireAsync(IRefreshLock locks, string name, string owner, AccountIdentity identity)
    {
        using var limit = new CancellationTokenSource(LongestWait, timeProvider);
        try
        {
            return await locks.TryAcquireAsync(name, owner, TimeToLive, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw AccountTokenErrors.LockUnreachable(identity, exception);
        }
    }

    private async Task ReleaseAsync(IRefreshLock locks, string name, string owner)
    {
        using var limit = new CancellationTokenSource(PollEvery * 10, timeProvider);
        try
        {
            await locks.ReleaseAsync(name, owner, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The lease runs out by itself.
            log.LockNotReleased(name, exception);
        }
    }
}
