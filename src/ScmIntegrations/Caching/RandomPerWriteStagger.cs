namespace ScmIntegrations.Caching;

/// <summary>Draws a lifetime from [24 h, 48 h) anew for every write.</summary>
/// <remarks>Needs no stable key or order, and keeps entries apart for good: the peak stays near 1.3 times the mean.</remarks>
public sealed class RandomPerWriteStagger : ITtlStagger
{
    private readonly Lock _gate = new();
    private readonly Random _random;

    /// <summary>Creates a stagger that draws from <see cref="Random.Shared"/>.</summary>
    public RandomPerWriteStagger()
        : this(Random.Shared)
    {
    }

    /// <summary>Creates a stagger that draws from the given generator.</summary>
    /// <param name="random">The generator. The stagger locks around it, so it need not be thread-safe itself.</param>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public RandomPerWriteStagger(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
    }

    /// <inheritdoc/>
    public TimeSpan Next(string key, int index, DateTimeOffset now)
    {
        lock (_gate)
        {
            return new TimeSpan(TimeSpan.TicksPerDay + _random.NextInt64(TimeSpan.TicksPerDay));
        }
    }
}
