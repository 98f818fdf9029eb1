namespace ScmIntegrations.Caching;

/// <summary>
/// The strategy that decides how long a cached pointer (branch to commit) lives, so that entries written together
/// do not expire together.
/// </summary>
/// <remarks>
/// Negative entries ("this repository is empty") take their lifetime from the same stagger: with one of their own they
/// would line up again by themselves. No stagger helps a cold start, where everything has to be fetched anyway.
/// Implementations are called from many threads at once.
/// </remarks>
public interface ITtlStagger
{
    /// <summary>Returns the lifetime of a pointer that is written now.</summary>
    /// <param name="key">The text that identifies the entry: the same on every instance and in every run.</param>
    /// <param name="index">The entry's position in its list, from 0. Sort that list by id: an order that moves un-staggers.</param>
    /// <param name="now">The time of the write.</param>
    /// <returns>The time from <paramref name="now"/> until the pointer must be asked again; always positive.</returns>
    TimeSpan Next(string key, int index, DateTimeOffset now);
}
