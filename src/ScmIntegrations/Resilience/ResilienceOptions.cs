namespace ScmIntegrations.Resilience;

/// <summary>Bounds of one call: how long, how often, and when a failing host is left alone.</summary>
public sealed class ResilienceOptions
{
    /// <summary>How long one request may take in all, its retries and waits included.</summary>
    /// <value>100 seconds by default; from 10 milliseconds to 1 hour.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one attempt may take, from sending to the end of the body.</summary>
    /// <value>30 seconds by default; from 10 milliseconds to 1 hour.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The most attempts of one request, the first included. 1 switches every retry off, for callers whose own layer retries.
    /// A credential that is renewed after a 401 is not a retry: that attempt is made all the same, and not counted.
    /// </summary>
    /// <value>3 by default, as in the AWS SDKs' standard mode; from 1 to 10.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// The longest wait for a rate limit to pass, within a call. Zero surfaces every limit at once with the time to come back, which
    /// leaves the decision to the caller. A wait never goes past <see cref="Deadline"/>: what would, surfaces at once.
    /// </summary>
    /// <value>Zero by default; up to 65 minutes.</value>
    public TimeSpan MaxRateLimitWait { get; set; }

    /// <summary>The base of the exponential back-off; each wait is drawn evenly from zero to base × 2ⁿ, at most 10 seconds.</summary>
    /// <value>500 milliseconds by default; from zero to 1 minute.</value>
    public TimeSpan BackoffBase { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The share of failed calls within <see cref="CircuitSamplingDuration"/> that opens the circuit.</summary>
    /// <value>0.5 by default; above 0, at most 1. A brown-out of a tenth must not cut off the other nine.</value>
    public double CircuitFailureRatio { get; set; } = 0.5;

    /// <summary>The fewest calls within <see cref="CircuitSamplingDuration"/> for the circuit to judge.</summary>
    /// <value>20 by default; from 2 to 100,000.</value>
    public int CircuitMinimumThroughput { get; set; } = 20;

    /// <summary>The window in which calls are counted for the circuit.</summary>
    /// <value>30 seconds by default; from 500 milliseconds to 1 day.</value>
    public TimeSpan CircuitSamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit stays open before one call is tried.</summary>
    /// <value>15 seconds by default; from 500 milliseconds to 1 day.</value>
    public TimeSpan CircuitBreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}
