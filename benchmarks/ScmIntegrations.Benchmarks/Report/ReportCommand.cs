using System.Globalization;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>
/// <c>report [--out FILE | --update PAGE] [--only TEXT]</c>: measures everything in this process, tells on stderr how far it is, and
/// prints one Markdown table.
/// </summary>
internal static class ReportCommand
{
    private const string Usage = "report [--out FILE | --update PAGE] [--only PART-OF-A-TITLE]";

    public static async Task<int> RunAsync(string[] options)
    {
        if (options.Length % 2 != 0 || options.Where((_, place) => place % 2 == 0).Any(name => name is not ("--out" or "--update" or "--only")))
        {
            await Console.Error.WriteLineAsync("usage: " + Usage).ConfigureAwait(false);
            return 2;
        }

        var only = Find(options, "--only");
        var measured = new List<(string, IReadOnlyList<Measure>)>();
        var started = TimeProvider.System.GetTimestamp();
        foreach (var section in Section.All.Where(section => only is null || section.Title.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[{TimeProvider.System.GetElapsedTime(started).TotalSeconds,4:0} s] {section.Title} …")).ConfigureAwait(false);
            measured.Add((section.Title, await section.MeasureAsync().ConfigureAwait(false)));
        }

        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[{TimeProvider.System.GetElapsedTime(started).TotalSeconds,4:0} s] done")).ConfigureAwait(false);
        var report = ReportTable.Write(measured, Machine.Describe());
        await Console.Out.WriteAsync(report).ConfigureAwait(false);
        if (Find(options, "--out") is { } file)
        {
            await File.WriteAllTextAsync(file, report).ConfigureAwait(false);
        }

        if (Find(options, "--update") is { } page)
        {
            await MarkedPage.UpdateAsync(page, report).ConfigureAwait(false);
        }

        return 0;
    }

    private static string? Find(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var place ? options[place + 1] : null;
}
