using System.Globalization;
using System.Runtime.InteropServices;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC: {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}), {RuntimeInformation.FrameworkDescription}.");

    private static string Processor()
    {
        const string Facts = "/proc/cpuinfo";
        const string Model = "model name";
        return File.Exists(Facts) && File.ReadLines(Facts).FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "unknown processor";
    }
}
