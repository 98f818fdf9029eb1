using System.Globalization;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => Text($"{nanoseconds:0} ns"),
        < 1_000_000 => Text($"{nanoseconds / 1_000:0.00} µs"),
        _ => Text($"{nanoseconds / 1_000_000:0.00} ms"),
    };

    public static string Bytes(double bytes) => bytes switch
    {
        < 10_000 => Text($"{bytes:N0} B"),
        < 10_000_000 => Text($"{bytes / 1_000:N0} kB"),
        _ => Text($"{bytes / 1_000_000:0.0} MB"),
    };

    public static string Percent(double share) => Text($"{100 * share:0.0#} %");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
