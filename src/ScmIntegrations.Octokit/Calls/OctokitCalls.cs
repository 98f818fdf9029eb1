namespace ScmIntegrations.Octokit.Calls;

/// <summary>Which run, and which call of Octokit's in it, the running code belongs to. One instance for each Octokit client.</summary>
/// <param name="maxPages">The most pages of one call.</param>
/// <param name="currentRun">The run, which all clients share: what one of them does within a run of another ends with that run's token.</param>
internal sealed class OctokitCalls(int maxPages, AsyncLocal<OctokitRun?> currentRun)
{
    private readonly AsyncLocal<OctokitCall?> _call = new();

    public OctokitRun? Run => currentRun.Value;

    public OctokitCall? Call => _call.Value;

    /// <summary>Begins a run, for the method that calls this and all that it awaits.</summary>
    public OctokitRun BeginRun(CancellationToken cancellationToken) => currentRun.Value = new(cancellationToken);

    /// <summary>Begins a call in the code that <paramref name="start"/> starts, and there alone.</summary>
    public object? BeginCall(Func<object?> start)
    {
        var outer = _call.Value;
        _call.Value = new(maxPages);
        try
        {
            return start();
        }
        finally
        {
            _call.Value = outer;
        }
    }
}
