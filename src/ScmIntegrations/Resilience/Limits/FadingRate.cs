using System.Runtime.InteropServices;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>How often something happens, by an average in which what is an hour past counts for about a third.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FadingRate
{
    // The window of GitHub's limits: what was used at the same time of the window before is the best forecast there is.
    private const double MemorySeconds = 3600;

    private double _count;

    /// <summary>How much time was watched, faded in the same way.</summary>
    public double Seconds { get; private set; }

    /// <summary>Takes in that something happened so often in a span of time.</summary>
    public void Add(double count, double seconds)
    {
        var kept = Math.Exp(-seconds / MemorySeconds);
        var watched = MemorySeconds * (1 - kept);

        // Spread over the span, of which the beginning has faded already.
        _count = (_count * kept) + (seconds > 0 ? count * watched / seconds : count);
        Seconds = (Seconds * kept) + watched;
    }

    /// <summary>The rate. While less than the given time was watched, the rest of it is taken to have been quiet, so that a first burst is not taken for a habit.</summary>
    public readonly double PerSecond(double leastSeconds) => _count / Math.Max(Seconds, leastSeconds);
}
