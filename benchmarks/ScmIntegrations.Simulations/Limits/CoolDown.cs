namespace ScmIntegrations.Simulations.Limits;

/// <summary>Who sends nothing more until the window ends, after a call was rejected.</summary>
public enum CoolDownKind
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The instance whose call it was.</summary>
    Local,

    /// <summary>All, a second later.</summary>
    Shared,
}

internal sealed class CoolDown(CoolDownKind kind)
{
    private readonly bool[] _stopped = new bool[LimitSharingSimulation.Instances];
    private int? _sharedSince;

    public bool Stops(int instance, int step) => _stopped[instance] || step > _sharedSince;

    public void Note(int instance, int step)
    {
        _stopped[instance] = kind is CoolDownKind.Local;
        _sharedSince ??= kind is CoolDownKind.Shared ? step : null;
    }

    public void End()
    {
        Array.Clear(_stopped);
        _sharedSince = null;
    }
}
