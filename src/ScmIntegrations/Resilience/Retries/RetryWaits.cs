namespace ScmIntegrations.Resilience.Retries;

/// <summary>The length of each wait of the retry table.</summary>
internal static class RetryWaits
{
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxBrokerBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    // A timer can be early by a tick, and would find the gate still closed.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    // What is slept for a limit; what is reported is what GitHub said.
    private static readonly TimeSpan MaxLimitWait = TimeSpan.FromMinutes(65);

    /// <summary>The wait before the next attempt.</summary>
    /// <param name="wait">The kind of wait.</param>
    /// <param name="retries">How many waits of the kind there have been in this call.</param>
    /// <param name="asked">The wait that the answer asks for.</param>
    /// <param name="backoffBase">The configured base of the back-off.</param>
    /// <param name="draw">A number from 0 to 1.</param>
    public static TimeSpan Of(RetryWait wait, int retries, TimeSpan? asked, TimeSpan backoffBase, double draw) => wait switch
    {
        RetryWait.Backoff => Longer(Exponential(backoffBase, retries, MaxBackoff) * draw, asked),
        RetryWait.OneSecond => OneSecond,
        RetryWait.OneToTwoSeconds => OneSecond * (1 + draw),
        RetryWait.Poll => Longer(Exponential(OneSecond, retries, MaxBackoff), asked),
        RetryWait.BrokerBackoff => Longer(Exponential(OneSecond, retries, MaxBrokerBackoff) * (0.5 + (draw / 2)), asked),
        RetryWait.Limit => Clamp((asked ?? MaxLimitWait) + Slack),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Exponential(TimeSpan first, int retries, TimeSpan most)
    {
        var doubled = first * Math.Pow(2, Math.Min(retries, 32));
        return doubled < most ? doubled : most;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;

    private static TimeSpan Clamp(TimeSpan wait) => wait < OneSecond ? OneSecond : wait > MaxLimitWait ? MaxLimitWait : wait;
}
