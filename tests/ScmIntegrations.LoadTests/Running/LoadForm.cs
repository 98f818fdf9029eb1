using System.Globalization;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>How much of everything: a short form for every build, and with <c>LOAD_TESTS=full</c> the figures of the targets.</summary>
internal static class LoadForm
{
    public static bool IsFull { get; } = string.Equals(Environment.GetEnvironmentVariable("LOAD_TESTS"), "full", StringComparison.OrdinalIgnoreCase);

    public static string Name => IsFull ? "full" : "short";

    /// <summary>How many keys are asked for in turn.</summary>
    public static int Keys => IsFull ? 1_000_000 : 50_000;

    /// <summary>How long the soak runs: <c>LOAD_SOAK_MINUTES</c>, an hour when only the full form is asked for.</summary>
    public static TimeSpan Soak { get; } =
        Environment.GetEnvironmentVariable("LOAD_SOAK_MINUTES") is { Length: > 0 } minutes ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
        : IsFull ? TimeSpan.FromHours(1)
        : TimeSpan.FromSeconds(15);

    /// <summary>Whether the soak is long enough for the pace and the line of its target: 200 calls a second over loopback.</summary>
    public static bool IsLongSoak => Soak >= TimeSpan.FromMinutes(5);
}
