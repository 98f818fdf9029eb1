using ScmIntegrations.Resilience;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The bounds of calls, the same for every client that makes them.</summary>
internal static class ResilienceOptionRows
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly OptionRow<ResilienceOptions>[] Rows =
    [
        Row("Deadline", OptionKinds.Timeout, options => options.Deadline, (options, value) => options.Deadline = value, "How long one request may take in all, retries and waits included."),
        Row("AttemptTimeout", OptionKinds.Timeout, options => options.AttemptTimeout, (options, value) => options.AttemptTimeout = value, "How long one attempt may take, to the end of the body."),
        Row("MaxAttempts", OptionKinds.Whole(1, 10, "attempts"), options => options.MaxAttempts, (options, value) => options.MaxAttempts = value, "The most attempts of one request, the first included; 1 switches retries off."),
        Row("MaxRateLimitWait", OptionKinds.Duration(TimeSpan.Zero, TimeSpan.FromMinutes(65)), options => options.MaxRateLimitWait, (options, value) => options.MaxRateLimitWait = value, "The longest wait for a rate limit within a call; zero surfaces every limit at once."),
        Row("BackoffBase", OptionKinds.Duration(TimeSpan.Zero, TimeSpan.FromMinutes(1)), options => options.BackoffBase, (options, value) => options.BackoffBase = value, "The base of the exponential back-off."),
        Row("CircuitFailureRatio", OptionKinds.Number("above 0 and at most 1", value => value is > 0 and <= 1), options => options.CircuitFailureRatio, (options, value) => options.CircuitFailureRatio = value, "The share of failed calls that opens the circuit."),
        Row("CircuitMinimumThroughput", OptionKinds.Whole(2, 100_000, "calls"), options => options.CircuitMinimumThroughput, (options, value) => options.CircuitMinimumThroughput = value, "The fewest calls for the circuit to judge."),
        Row("CircuitSamplingDuration", OptionKinds.Duration(HalfASecond, Day), options => options.CircuitSamplingDuration, (options, value) => options.CircuitSamplingDuration = value, "The window in which calls are counted for the circuit."),
        Row("CircuitBreakDuration", OptionKinds.Duration(HalfASecond, Day), options => options.CircuitBreakDuration, (options, value) => options.CircuitBreakDuration = value, "How long an open circuit stays open before one call is tried."),
    ];

    /// <summary>The rows of options that hold these as <c>Resilience</c>.</summary>
    public static IEnumerable<OptionRow<TOptions>> Within<TOptions>(Func<TOptions, ResilienceOptions> part) => Rows.Select(row => row.Within("Resilience", part));

    private static OptionRow<ResilienceOptions, T> Row<T>(string path, OptionKind<T> kind, Func<ResilienceOptions, T> get, Action<ResilienceOptions, T> set, string meaning) =>
        new(path, kind, get, set, meaning);
}
