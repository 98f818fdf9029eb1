namespace ScmIntegrations.Http;

/// <summary>Reads the <c>Link</c> header (RFC 8288) as far as paging needs it. Never throws for what a server has written.</summary>
public static class LinkHeader
{
    /// <summary>The target of the first link of a relation, as it stands: whether it is an address, and whose, is to be found out.</summary>
    /// <param name="values">The header's values, each with any number of links.</param>
    /// <param name="relation">The relation, for example <c>next</c>; capitals do not matter.</param>
    /// <returns>The target; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static string? Find(IEnumerable<string> values, string relation)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(relation);
        foreach (var value in values)
        {
            var rest = value.AsSpan();
            while (TryReadLink(ref rest, out var target, out var parameters))
            {
                if (Has(relation, parameters))
                {
                    return target.ToString();
                }
            }
        }

        return null;
    }

    /// <summary>The target of the next page.</summary>
    internal static string? FindNext(IEnumerable<string> values) => Find(values, "next");

    private static bool TryReadLink(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> target, out ReadOnlySpan<char> parameters)
    {
        target = parameters = default;
        var open = rest.IndexOf('<');
        if (open < 0)
        {
            return false;
        }

        rest = rest[(open + 1)..];
        var close = rest.IndexOf('>');
        if (close < 0)
        {
            return false;
        }

        // An address has no angle bracket, so one before is no part of it.
        target = rest[(rest[..close].LastIndexOf('<') + 1)..close];
        rest = rest[(close + 1)..];
        var end = EndOf(rest, ',');
        parameters = rest[..end];
        rest = rest[end..];
        return true;
    }

    /// <summary>A comma ends a link and a semicolon a parameter, unless it stands in quotes; a quote after a backslash ends none.</summary>
    private static int EndOf(ReadOnlySpan<char> text, char separator)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == '\\' && quoted)
            {
                i++;
            }
            else if (text[i] == separator && !quoted)
            {
                return i;
            }
        }

        return text.Length;
    }

    /// <summary>Of several relation types of one link the first parameter counts (RFC 8288 §3.3).</summary>
    private static bool Has(string relation, ReadOnlySpan<char> parameters)
    {
        while (!parameters.IsEmpty)
        {
            var end = EndOf(parameters, ';');
            var parameter = parameters[..end].Trim();
            parameters = parameters[Math.Min(end + 1, parameters.Length)..];
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var relations = parameter[(equals + 1)..].Trim().Trim('"');
            foreach (var one in relations.SplitAny(' ', '\t'))
            {
                if (relations[one].Equals(relation, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        return false;
    }
}
