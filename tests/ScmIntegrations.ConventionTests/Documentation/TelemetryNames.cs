using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>What docs/telemetry.md and docs/errors.md promise, under the names that OpenTelemetry gives them in Prometheus.</summary>
internal sealed partial class TelemetryNames
{
    private static readonly string[] HistogramParts = ["bucket", "count", "sum"];

    private readonly Dictionary<string, HashSet<string>> _labelsOfMetrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _valuesOfLabels = new(StringComparer.Ordinal);

    private TelemetryNames()
    {
    }

    public IEnumerable<string> Metrics => _labelsOfMetrics.Keys;

    public static TelemetryNames Read()
    {
        var names = new TelemetryNames();
        foreach (Match row in Instrument().Matches(Checkout.Read("docs/telemetry.md")))
        {
            var labels = Quoted().Matches(row.Groups["tags"].Value).Select(tag => Underscored(tag.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
            foreach (var metric in MetricsOf(row))
            {
                names._labelsOfMetrics[metric] = metric.EndsWith("_bucket", StringComparison.Ordinal) ? [.. labels, "le"] : labels;
            }
        }

        foreach (Match row in ClosedTag().Matches(Checkout.Read("docs/telemetry.md")))
        {
            names._valuesOfLabels[Underscored(row.Groups["tag"].Value)] = [.. Quoted().Matches(row.Groups["values"].Value).Select(value => value.Groups["name"].Value)];
        }

        names._valuesOfLabels["error_type"] = [.. Reason().Matches(Checkout.Read("docs/errors.md")).Select(row => row.Groups["name"].Value), "cancelled", "_OTHER"];
        return names;
    }

    /// <summary>What an expression uses that the pages do not know.</summary>
    public IEnumerable<string> StrangersIn(string expression)
    {
        foreach (Match series in Series().Matches(expression))
        {
            var metric = series.Groups["metric"].Value;
            if (!_labelsOfMetrics.TryGetValue(metric, out var labels))
            {
                yield return metric;
                continue;
            }

            foreach (Match matcher in Matcher().Matches(series.Groups["matchers"].Value))
            {
                var label = matcher.Groups["label"].Value;
                if (!labels.Contains(label))
                {
                    yield return $"{metric}{{{label}}}";
                }

                foreach (var value in ValuesOf(matcher).Where(value => _valuesOfLabels.TryGetValue(label, out var known) && !known.Contains(value)))
                {
                    yield return $"{label}=\"{value}\"";
                }
            }
        }

        var all = _labelsOfMetrics.Values.SelectMany(labels => labels).ToHashSet(StringComparer.Ordinal);
        foreach (var label in Grouping().Matches(expression).SelectMany(by => by.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)).Where(label => !all.Contains(label)))
        {
            yield return $"by ({label})";
        }
    }

    private static IEnumerable<string> ValuesOf(Match matcher) =>
        matcher.Groups["value"].Value.Split('|').Where(value => !value.StartsWith('$'));

    private static IEnumerable<string> MetricsOf(Match row)
    {
        var name = Underscored(row.Groups["name"].Value);
        return row.Groups["kind"].Value is "counter" ? [$"{name}_total"] : HistogramParts.Select(part => $"{name}_seconds_{part}");
    }

    private static string Underscored(string name) => name.Replace('.', '_');

    [GeneratedRegex(@"^\| `(?<name>scm[a-z._]+)` \| (?<kind>counter|histogram) \| `[^`]+` \| (?<tags>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<tag>scm\.(outcome|cache\.result))` \| (?<values>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ClosedTag();

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reason();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?<metric>scm_[a-z_]+_(total|bucket|count|sum|seconds))\b(\{(?<matchers>[^}]*)\})?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Series();

    [GeneratedRegex("(?<label>[a-z_]+)(=~|!~|!=|=)\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Grouping();
}
