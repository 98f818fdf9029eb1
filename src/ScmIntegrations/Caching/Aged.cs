namespace ScmIntegrations.Caching;

/// <summary>A value that outlives its lifetime, so that a stale one can be served when it cannot be asked again.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value as it was fetched.</param>
/// <param name="FetchedAt">When it was fetched.</param>
/// <param name="ExpiresAt">From when on it is stale.</param>
internal readonly record struct Aged<T>(T Value, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Says whether the value may be used without asking again.</summary>
    /// <param name="now">The current time.</param>
    /// <returns>True before <see cref="ExpiresAt"/>, false from then on.</returns>
    public bool IsFresh(DateTimeOffset now) => now < ExpiresAt;
}
