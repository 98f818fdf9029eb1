namespace ScmIntegrations.Simulations.Limits;

/// <summary>What came of a policy.</summary>
public sealed class LimitSharingReport
{
    private int _interactive;
    private int _succeeded;

    /// <summary>Calls that were sent while nothing was left.</summary>
    public int Wasted { get; internal set; }

    /// <summary>The share of interactive calls that were served; not those that were refused, by GitHub or on this side.</summary>
    public double InteractiveSuccess => (double)_succeeded / _interactive;

    public int BackgroundDone { get; internal set; }

    /// <summary>Seconds that ended with nothing left.</summary>
    public int SecondsAtZero { get; private set; }

    internal void CountInteractive(bool succeeded)
    {
        _interactive++;
        _succeeded += succeeded ? 1 : 0;
    }

    internal void CountStep(bool isAtZero) => SecondsAtZero += isAtZero ? 1 : 0;
}
