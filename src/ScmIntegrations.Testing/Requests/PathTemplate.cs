using System.Collections.Frozen;

namespace ScmIntegrations.Testing;

/// <summary>A path with <c>{named}</c> segments; a last <c>{name...}</c> takes everything that is left.</summary>
internal sealed class PathTemplate
{
    private readonly string[] _segments;

    private PathTemplate(string[] segments) => _segments = segments;

    public static IReadOnlyDictionary<string, string> NoValues { get; } = FrozenDictionary<string, string>.Empty;

    public static PathTemplate Parse(string template)
    {
        ArgumentException.ThrowIfNullOrEmpty(template);
        return new PathTemplate(Split(template));
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

            if (wanted.EndsWith("...}", StringComparison.Ordinal))
            {
                (found ??= NewValues())[wanted[1..^4]] = Uri.UnescapeDataString(string.Join('/', segments[index..]));
                values = found;
                return true;
            }

            if (wanted is ['{', .., '}'] && segments[index].Length > 0)
            {
                (found ??= NewValues())[wanted[1..^1]] = Uri.UnescapeDataString(segments[index]);
            }
            else if (!string.Equals(wanted, Uri.UnescapeDataString(segments[index]), StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        values = found ?? NoValues;
        return segments.Length == _segments.Length;
    }

    private static Dictionary<string, string> NewValues() => new(StringComparer.Ordinal);

    private static string[] Split(string path) => path.TrimStart('/').Split('/');
}
