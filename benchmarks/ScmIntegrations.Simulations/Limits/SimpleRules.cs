namespace ScmIntegrations.Simulations.Limits;

internal class NoRule : IBackgroundRule
{
    public virtual void Begin(int step)
    {
    }

    public virtual bool MaySend(int instance, int left, int untilReset) => true;

    public void Sent(int instance, bool isInteractive, int used)
    {
    }

    public void Dispose()
    {
    }
}

internal class FlatFloorRule : NoRule
{
    protected const int Floor = LimitSharingSimulation.Limit / 10;

    public override bool MaySend(int instance, int left, int untilReset) => left > Floor;
}

/// <summary>Leaves what the others will need until the reset, and what may be under way.</summary>
internal sealed class AdaptiveFloorRule : NoRule
{
    private const double NeedPerSecond = LimitSharingSimulation.InteractivePerSecond + LimitSharingSimulation.ForeignPerSecond;
    private const int UnderWay = LimitSharingSimulation.Instances * LimitSharingSimulation.BackgroundPerStep;

    public override bool MaySend(int instance, int left, int untilReset) => left > (1.2 * NeedPerSecond * untilReset) + UnderWay;
}

/// <summary>A bucket of tokens that all share, beside the flat floor.</summary>
internal sealed class PacedBucketRule : FlatFloorRule
{
    private const double Refill = ((0.9 * LimitSharingSimulation.Limit) - Floor) / LimitSharingSimulation.Window;
    private const double Capacity = 60;

    private double _tokens;

    public override void Begin(int step) => _tokens = Math.Min(Capacity, _tokens + Refill);

    public override bool MaySend(int instance, int left, int untilReset)
    {
        if (!base.MaySend(instance, left, untilReset) || _tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
