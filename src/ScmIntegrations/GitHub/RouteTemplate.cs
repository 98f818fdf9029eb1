using System.Buffers;
using System.Runtime.CompilerServices;

namespace ScmIntegrations.GitHub;

/// <summary>Fills a route such as <c>/repos/{owner}/{repo}</c>. A value can never leave its segment.</summary>
internal static class RouteTemplate
{
    private const int MostOnStack = 256;

    // Without one of these there is no dot segment, escaped or not.
    private static readonly SearchValues<char> Suspect = SearchValues.Create(".%");

    /// <summary>The path with every placeholder filled, in order.</summary>
    /// <exception cref="ArgumentException">The route is not a path, the number of values differs, or a value is not safe.</exception>
    public static string Expand(string route, ReadOnlySpan<string> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(route);
        if (!IsPlainPath(route))
        {
            throw new ArgumentException($"'{route}' is not a route: it begins with one slash and has no '..' and no control character.", nameof(route));
        }

        var path = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[MostOnStack]);
        var rest = route.AsSpan();
        var used = 0;
        for (int open; (open = rest.IndexOf('{')) >= 0; used++)
        {
            var close = rest.IndexOf('}');
            if (close < open || used == values.Length)
            {
                throw new ArgumentException($"'{route}' has more placeholders than the {values.Length} values given.", nameof(values));
            }

            path.AppendFormatted(rest[..open]);
            path.AppendLiteral(Escape(rest[(open + 1)..close], values[used]));
            rest = rest[(close + 1)..];
        }

        path.AppendFormatted(rest);
        return used == values.Length
            ? path.ToStringAndClear()
            : throw new ArgumentException($"'{route}' has {used} placeholders, and {values.Length} values were given.", nameof(values));
    }

    /// <summary>Whether the path stays what it says: an address is normalized, so a dot segment would lead elsewhere, escaped or not.</summary>
    private static bool IsPlainPath(string route) =>
        route[0] == '/'
        && !route.StartsWith("//", StringComparison.Ordinal)
        && !route.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && (!route.AsSpan().ContainsAny(Suspect) || route.Split('/', '\\').All(segment => Uri.UnescapeDataString(segment) is not ("." or "..")));

    private static string Escape(ReadOnlySpan<char> placeholder, string value)
    {
        if (string.IsNullOrEmpty(value) || value is "." or ".." || value.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            throw new ArgumentException($"'{value}' cannot stand for {{{placeholder}}}: it is empty, a dot segment, or holds a control character.", nameof(value));
        }

        return Uri.EscapeDataString(value);
    }
}
