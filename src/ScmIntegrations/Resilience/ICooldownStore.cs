namespace ScmIntegrations.Resilience;

/// <summary>
/// Where instances that share a credential tell each other that a rate limit holds. Register an implementation as a singleton,
/// and every client uses it; without one, each client knows what it was told itself.
/// </summary>
/// <remarks>
/// Times are told as what is left of them, by the store's own clock, so that the clocks of the instances need not agree.
/// An implementation may fail or be slow: calls go on without it. It is called by many threads at once.
/// </remarks>
public interface ICooldownStore
{
    /// <summary>Notes that a limit holds for some time from now, unless it is known to hold longer: "set if greater", in one step.</summary>
    /// <param name="scope">Whose limit it is.</param>
    /// <param name="resource">The resource, for example <c>core</c>; <c>*</c> for every one.</param>
    /// <param name="remaining">How long the limit holds from now; positive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when it is noted.</returns>
    Task ExtendAsync(CooldownScope scope, string resource, TimeSpan remaining, CancellationToken cancellationToken = default);

    /// <summary>Reads the limits that hold now.</summary>
    /// <param name="scope">Whose limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How much longer each limit holds, by resource; empty when none does.</returns>
    Task<IReadOnlyDictionary<string, TimeSpan>> ReadAsync(CooldownScope scope, CancellationToken cancellationToken = default);
}
