using System.Collections.Concurrent;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>
/// Independent faults: whether a request is hit depends on what it asks for and how many-eth of its kind it is, and not on
/// which of many comes first. So a run can be repeated.
/// </summary>
internal sealed class Draw(double rate, ulong seed)
{
    private readonly ConcurrentDictionary<string, uint> _seen = new(StringComparer.Ordinal);

    public bool Hits(string target) => Unit(target, _seen.AddOrUpdate(target, 1, static (_, seen) => seen + 1)) < rate;

    /// <summary>An even number from 0 to 1, by FNV-1a and the last step of SplitMix64.</summary>
    private double Unit(string target, uint occurrence)
    {
        var hash = 14695981039346656037 ^ seed;
        foreach (var character in target)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        hash = (hash ^ occurrence) * 1099511628211;
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
