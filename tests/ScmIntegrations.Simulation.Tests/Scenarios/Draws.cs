namespace ScmIntegrations.Simulation.Tests.Scenarios;

/// <summary>
/// Draws of one seed. A value comes from a hash of what it is for, never from a sequence that all share, so that it is the
/// same whichever thread asks first.
/// </summary>
/// <param name="Seed">The seed.</param>
internal sealed record Draws(long Seed)
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>A draw.</summary>
    /// <param name="subject">What it is about, for example a request's method and path.</param>
    /// <param name="occurrence">How many-eth time that is met.</param>
    /// <param name="purpose">What is decided.</param>
    public Draw Of(string subject, int occurrence, string purpose)
    {
        var hash = Fold(Fold(Offset, subject), purpose) ^ Mix((ulong)Seed);
        return new(Mix((hash * Prime) ^ (ulong)occurrence));
    }

    private static ulong Fold(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * Prime;
        }

        return (hash ^ '|') * Prime;
    }

    // The finaliser of SplitMix64: without it, neighbouring seeds would draw neighbouring values.
    private static ulong Mix(ulong bits)
    {
        bits += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

/// <summary>One drawn value, to be read in one way.</summary>
/// <param name="Bits">Sixty-four even bits.</param>
internal readonly record struct Draw(ulong Bits)
{
    /// <summary>From 0 to below 1.</summary>
    public double Fraction => (Bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in the given share of draws.</summary>
    public bool Chance(double share) => Fraction < share;

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int low, int high) => low + (int)(Fraction * (high - low + 1));

    /// <summary>One of the values, each as often as it stands there.</summary>
    public T Pick<T>(params ReadOnlySpan<T> values) => values[(int)(Fraction * values.Length)];

    /// <summary>A duration in whole milliseconds.</summary>
    public TimeSpan Duration(double lowSeconds, double highSeconds) =>
        TimeSpan.FromMilliseconds(Math.Floor((lowSeconds + (Fraction * (highSeconds - lowSeconds))) * 1000));
}
