using ScmIntegrations.Resilience;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What is wrong with the value of an option, in a sentence that names the value and the limit; <see langword="null"/> when nothing is.</summary>
internal static class OptionRules
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>An address that a credential may travel to.</summary>
    public static string? Address(Uri? address, string option, string example) => address switch
    {
        null => $"{option} is not set.",
        { IsAbsoluteUri: false } => $"{option} is '{address}'; it is an absolute address such as {example}.",
        { UserInfo.Length: > 0 } => $"{option} holds a user name or password; set the credential instead.",
        { Query.Length: > 0 } or { Fragment.Length: > 0 } => $"{option} is '{address.GetLeftPart(UriPartial.Path)}' with a query or fragment; it has neither.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => $"{option} is '{address}'; a credential travels over https, or over http to this machine alone.",
    };

    public static string? Header(string? value, string option) =>
        string.IsNullOrWhiteSpace(value) || value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"{option} is empty or has characters that cannot stand in a header."
            : null;

    public static string? Range(long value, long least, long most, string option, string unit) =>
        value >= least && value <= most ? null : $"{option} is {value} {unit}; it is {Bounds(least, most == long.MaxValue || most == int.MaxValue ? null : most)}.";

    public static string? Range(TimeSpan value, TimeSpan least, TimeSpan most, string option) =>
        value >= least && value <= most ? null : $"{option} is {value}; it is {Bounds(least, most)}.";

    /// <summary>How long one request may take.</summary>
    public static string? Timeout(TimeSpan value, string option) => Range(value, Instant, Hour, option);

    public static IEnumerable<string?> Resilience(ResilienceOptions options) =>
    [
        Timeout(options.Deadline, "Resilience.Deadline"),
        Timeout(options.AttemptTimeout, "Resilience.AttemptTimeout"),
        Range(options.MaxAttempts, 1, 10, "Resilience.MaxAttempts", "attempts"),
        Range(options.MaxRateLimitWait, TimeSpan.Zero, TimeSpan.FromMinutes(65), "Resilience.MaxRateLimitWait"),
        Range(options.BackoffBase, TimeSpan.Zero, TimeSpan.FromMinutes(1), "Resilience.BackoffBase"),
        options.CircuitFailureRatio is > 0 and <= 1 ? null : $"Resilience.CircuitFailureRatio is {options.CircuitFailureRatio}; it is above 0 and at most 1.",
        Range(options.CircuitMinimumThroughput, 2, 100_000, "Resilience.CircuitMinimumThroughput", "calls"),
        Range(options.CircuitSamplingDuration, TimeSpan.FromMilliseconds(500), Day, "Resilience.CircuitSamplingDuration"),
        Range(options.CircuitBreakDuration, TimeSpan.FromMilliseconds(500), Day, "Resilience.CircuitBreakDuration"),
    ];

    private static string Bounds(object least, object? most) => most is null ? $"at least {least}" : $"from {least} to {most}";
}
