using System.Globalization;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>What was asked, as lines of a message: equal requests are one line.</summary>
internal static class RequestSummary
{
    private const int MostLines = 40;
    private const int MostStatuses = 10;

    public static string Write(string complaint, IEnumerable<RecordedRequest> requests, IEnumerable<Fault> faults)
    {
        var text = new StringBuilder(complaint).Append('\n');
        var lines = requests.GroupBy(request => $"{request.Method} {request.Target}", StringComparer.Ordinal).ToArray();
        text.Append(lines.Length == 0 ? "Nothing was asked." : "What was asked:");
        foreach (var line in lines.Take(MostLines))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {line.Count()} × {line.Key} → ").AppendJoin(", ", line.Take(MostStatuses).Select(Status)).Append(line.Count() > MostStatuses ? ", …" : "");
        }

        text.Append(lines.Length > MostLines ? string.Create(CultureInfo.InvariantCulture, $"\n  … and {lines.Length - MostLines} others") : "");
        var scripts = faults.ToArray();
        text.Append(scripts.Length == 0 ? "" : "\nScripts:");
        foreach (var script in scripts.Take(MostLines))
        {
            text.Append("\n  ").Append(script);
        }

        return text.ToString();
    }

    private static string Status(RecordedRequest request) =>
        request.Status?.ToString(CultureInfo.InvariantCulture) ?? (request.Trouble is null ? "no answer" : "unmatched");
}
