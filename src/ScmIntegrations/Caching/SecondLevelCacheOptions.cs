namespace ScmIntegrations.Caching;

/// <summary>How the distributed cache is used as second level.</summary>
public sealed class SecondLevelCacheOptions
{
    private const int LeastBytes = 1024;
    private const int MostBytes = 1024 * 1024 * 1024;

    /// <summary>The most bytes of one value, compressed. A larger one is kept in memory alone, as if there were no second level.</summary>
    /// <value>16,777,216 bytes (16 MiB) by default; from 1,024 to 1 GiB. Set what your store takes.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxValueBytes
    {
        get;
        set => field = value is >= LeastBytes and <= MostBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"MaxValueBytes is from {LeastBytes} to {MostBytes} bytes.");
    } = 16 * 1024 * 1024;
}
