using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.Caching;

/// <summary>
/// Lets one instance fetch what all of them miss: look → lock → look again → fetch → write → unlock. The others look every
/// 100 ms, for at most 10 s. Whenever a store does not answer, the caller fetches for itself: that is as correct, only dearer.
/// To be called within a single flight, which does the same within one process.
/// </summary>
/// <param name="locks">The lock among instances; <see langword="null"/> when there is none.</param>
/// <param name="guard">Stands before the lock.</param>
/// <param name="timeProvider">The clock of polls and waits.</param>
internal sealed class SharedRefresh(IRefreshLock? locks, StoreGuard guard, TimeProvider timeProvider)
{
    /// <summary>What the store is called in logs.</summary>
    public const string Name = "refresh lock";

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // The lease outlives a fetch that takes all of its time, and what is written after it.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(15);

    private enum Lease
    {
        /// <summary>The lock did not answer, or there is none.</summary>
        Unknown,
        Taken,
        Elsewhere,
    }

    /// <summary>Finds a value that another instance has written, or fetches it.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="key">What instances have in common.</param>
    /// <param name="find">Looks in the shared store; an answer without a value when there is none that is fresh.</param>
    /// <param name="fetch">Fetches and begins to write. Its token is the caller's.</param>
    /// <param name="longestFetch">How long a fetch may take: after this and 15 s more the lock of a dead holder is free.</param>
    /// <param name="budget">The budget of the call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The value.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<T> RunAsync<T>(
        SecondLevelKey key,
        Func<StoreBudget, CancellationToken, Task<StoreAnswer<T>>> find,
        Func<CancellationToken, Task<Refreshed<T>>> fetch,
        TimeSpan longestFetch,
        StoreBudget budget,
        CancellationToken cancellationToken)
        where T : class
    {
        var owner = Guid.NewGuid().ToString("N");
        var (lease, found) = await AgreeAsync(new(key.Text, owner, longestFetch + LeaseMargin), find, budget, cancellationToken).ConfigureAwait(false);
        var written = Task.CompletedTask;
        try
        {
            if (found is not null)
            {
                return found;
            }

            var refreshed = await fetch(cancellationToken).ConfigureAwait(false);
            written = refreshed.Written;
            return refreshed.Value;
        }
        finally
        {
            if (lease is Lease.Taken)
            {
                _ = ReleaseAsync(key.Text, owner, written);
            }
        }
    }

    /// <summary>Agrees with the other instances on who fetches: a value when one of them did, else whether the lock is ours.</summary>
    private async Task<(Lease Lease, T? Found)> AgreeAsync<T>(
        Claim claim,
        Func<StoreBudget, CancellationToken, Task<StoreAnswer<T>>> find,
        StoreBudget budget,
        CancellationToken cancellationToken)
        where T : class
    {
        var began = timeProvider.GetTimestamp();
        var lease = Lease.Unknown;
        for (var isFirst = true; ; isFirst = false)
        {
            // While another instance fetches, time passes anyway: what its looks take is not lost to the store.
            var share = isFirst ? budget : budget.Fork();
            var answer = await find(share, cancellationToken).ConfigureAwait(false);
            if (!answer.IsAnswered || answer.Value is not null || locks is null)
            {
                return (Lease.Unknown, answer.Value);
            }

            lease = await TakeAsync(claim, share, cancellationToken).ConfigureAwait(false);
            if (lease is not Lease.Elsewhere || timeProvider.GetElapsedTime(began) >= LongestWait)
            {
                break;
            }

            await Task.Delay(PollEvery, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return (lease, lease is Lease.Taken ? await LookAgainAsync(claim, find, budget, cancellationToken).ConfigureAwait(false) : null);
    }

    /// <summary>Looks once more, now that nobody else writes: it may have been written between the look and the lock.</summary>
    private async Task<T?> LookAgainAsync<T>(
        Claim claim,
        Func<StoreBudget, CancellationToken, Task<StoreAnswer<T>>> find,
        StoreBudget budget,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return (await find(budget, cancellationToken).ConfigureAwait(false)).Value;
        }
        catch
        {
            _ = ReleaseAsync(claim.Name, claim.Owner, Task.CompletedTask);
            throw;
        }
    }

    private async Task<Lease> TakeAsync(Claim claim, StoreBudget budget, CancellationToken cancellationToken)
    {
        // Completed by the lock itself, whoever still listens.
        var taking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var answer = await guard.AskAsync("take the lock", AcquireAsync, budget, cancellationToken).ConfigureAwait(false);
            if (answer.IsAnswered)
            {
                return answer.Value ? Lease.Taken : Lease.Elsewhere;
            }
        }
        catch (OperationCanceledException)
        {
            GiveBack();
            throw;
        }

        GiveBack();
        return Lease.Unknown;

        async Task<bool> AcquireAsync(CancellationToken token)
        {
            try
            {
                return await locks!.TryAcquireAsync(claim.Name, claim.Owner, claim.TimeToLive, token).ConfigureAwait(false);
            }
            finally
            {
                taking.SetResult();
            }
        }

        // Nobody heard the answer, and it may have been yes.
        void GiveBack() => _ = ReleaseAsync(claim.Name, claim.Owner, taking.Task);
    }

    private async Task ReleaseAsync(string name, string owner, Task after)
    {
        await after.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await guard.AskAsync(
            "release the lock",
            async token =>
            {
                await locks!.ReleaseAsync(name, owner, token).ConfigureAwait(false);
                return true;
            },
            StoreBudget.Behind(),
            CancellationToken.None).ConfigureAwait(false);
    }

    private sealed record Claim(string Name, string Owner, TimeSpan TimeToLive);
}
