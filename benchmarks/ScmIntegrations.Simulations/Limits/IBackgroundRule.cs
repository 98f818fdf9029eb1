namespace ScmIntegrations.Simulations.Limits;

/// <summary>Holds background work back.</summary>
public interface IBackgroundRule : IDisposable
{
    /// <summary>A second begins.</summary>
    void Begin(int step);

    /// <summary>Whether an instance may send one more background call.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="left">What was left at the end of the second before.</param>
    /// <param name="untilReset">Seconds until the window ends.</param>
    bool MaySend(int instance, int left, int untilReset);

    /// <summary>A call was sent, and so much of the limit is used now.</summary>
    void Sent(int instance, bool isInteractive, int used);
}
