using System.Collections.Frozen;

namespace ScmIntegrations.Testing;

/// <summary>A path with <c>{named}</c> segments; a last <c>{name...}</c> takes everything that is left.</summary>
internal sealed class PathTemplate
{
    private readonly string[] _segments;
    private readonly string _text;

    private PathTemplate(string text)
    {
        _text = text;
        _segments = Split(text);
    }

    /// <summary>The segments as they were written.</summary>
    public string[] Segments => _segments;

    public static IReadOnlyDictionary<string, string> NoValues { get; } = FrozenDictionary<string, string>.Empty;

    public static PathTemplate Parse(string template)
    {
        ArgumentException.ThrowIfNullOrEmpty(template);
        return template.Contains('?', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{template}' is no path: conditions on the query go to {nameof(FaultBuilder.WithQuery)}.", nameof(template))
            : new PathTemplate(template);
    }

    /// <summary>
    /// Matches an escaped path. Values come out unescaped. An unescaped slash ends a segment and a slash at the
    /// end is a segment of its own, which is why GitHub answers 404 to both mistakes.
    /// </summary>
    public bool TryMatch(string path, out IReadOnlyDictionary<string, string> values)
    {
        values = NoValues;
        var segments = Split(path);
        Dictionary<string, string>? found = null;
        for (var index = 0; index < _segments.Length; index++)
        {
            var wanted = _segments[index];
            if (index >= segments.Length)
            {
                return false;
            }

            if (TakesTheRest(wanted))
            {
                (found ??= NewValues())[wanted[1..^4]] = Uri.UnescapeDataString(string.Join('/', segments[index..]));
                values = found;
                return true;
            }

            if (!SegmentFits(wanted, segments[index]))
            {
                return false;
            }

            if (IsNamed(wanted))
            {
                (found ??= NewValues())[wanted[1..^1]] = Uri.UnescapeDataString(segments[index]);
            }
        }

        values = found ?? NoValues;
        return segments.Length == _segments.Length;
    }

    /// <summary>Whether the segment of a template stands for anything.</summary>
    public static bool IsNamed(string segment) => segment is ['{', .., '}'];

    /// <summary>Whether it stands for everything that is left.</summary>
    public static bool TakesTheRest(string segment) => segment.EndsWith("...}", StringComparison.Ordinal);

    /// <summary>Whether a segment of a template and one of an escaped path fit.</summary>
    public static bool SegmentFits(string wanted, string segment) => IsNamed(wanted)
        ? segment.Length > 0
        : string.Equals(wanted, Uri.UnescapeDataString(segment), StringComparison.OrdinalIgnoreCase);

    /// <summary>The segments of a path; a slash at the end is an empty one.</summary>
    public static string[] Split(string path) => path.TrimStart('/').Split('/');

    /// <summary>The template as it was written.</summary>
    public override string ToString() => _text;

    private static Dictionary<string, string> NewValues() => new(StringComparer.Ordinal);
}
