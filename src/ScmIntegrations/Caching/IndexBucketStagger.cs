namespace ScmIntegrations.Caching;

/// <summary>Gives every entry of a list one of 24 fixed lifetimes: 24 h plus (index modulo 24) h.</summary>
/// <remarks>
/// The rule of the system this library follows. It lowers the mean load, but periods that never change meet again:
/// after one cold scan of 5,000 entries six buckets expire together at hour 840, 8.5 times the mean.
/// Prefer <see cref="PhaseSlotStagger"/>.
/// </remarks>
public sealed class IndexBucketStagger : ITtlStagger
{
    private const int Buckets = 24;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public TimeSpan Next(string key, int index, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return TimeSpan.FromHours(24 + (index % Buckets));
    }
}
