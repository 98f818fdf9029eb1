namespace ScmIntegrations.Resilience;

/// <summary>How long a request of a client takes, its waits and retries included, by an average in which the latest tenth counts most.</summary>
internal sealed class RequestDuration
{
    // What an answer of GitHub's takes from a data centre, until it is known better.
    private const double UsualSeconds = 0.25;
    private const double LatestShare = 0.1;

    private double _seconds = -1;

    /// <summary>The average.</summary>
    public double Seconds => Volatile.Read(ref _seconds) is var seconds and >= 0 ? seconds : UsualSeconds;

    /// <summary>Takes a request in. Two at once may lose one of them, which no average minds.</summary>
    public void Learn(TimeSpan duration)
    {
        var known = Volatile.Read(ref _seconds);
        var seconds = Math.Max(0, duration.TotalSeconds);
        Volatile.Write(ref _seconds, known < 0 ? seconds : known + ((seconds - known) * LatestShare));
    }
}
