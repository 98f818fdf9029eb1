namespace ScmIntegrations.Caching;

/// <summary>
/// A lock by name among instances, so that one of them refreshes what all of them miss. Register an implementation as a singleton,
/// and every client with a distributed cache uses it, and so does the refresh of connected accounts' tokens; without one, instances may
/// refresh the same thing at the same time.
/// </summary>
/// <remarks>
/// For caches it saves requests and guards nothing: a refresh without it is as correct, so an implementation may fail or be slow. A token
/// that works once is not traded while the lock cannot be had. It is a lease, so that it heals when its holder dies. It is called by
/// many threads at once.
/// </remarks>
public interface IRefreshLock
{
    /// <summary>Takes the lock when it is free or its lease has run out, in one step and without waiting for it.</summary>
    /// <param name="name">The name of the lock.</param>
    /// <param name="owner">Who takes it: a value that is used once.</param>
    /// <param name="timeToLive">How long the lease runs from now, by the clock of the store; positive.</param>
    /// <param name="cancellationToken">Gives up. The lock may have been taken all the same; the caller then releases it.</param>
    /// <returns>Whether <paramref name="owner"/> holds the lock.</returns>
    Task<bool> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Gives the lock back if it is still the owner's, in one step; does nothing otherwise.</summary>
    /// <param name="name">The name of the lock.</param>
    /// <param name="owner">Who took it.</param>
    /// <param name="cancellationToken">Gives up; the lease then runs out.</param>
    /// <returns>A task that completes when it is given back.</returns>
    Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken = default);
}
