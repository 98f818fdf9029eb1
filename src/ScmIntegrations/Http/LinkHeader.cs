namespace ScmIntegrations.Http;

/// <summary>Reads the <c>Link</c> header (RFC 8288) as far as paging needs it.</summary>
internal static class LinkHeader
{
    /// <summary>The target of the first link whose relation is <c>next</c>, as it stands; <see langword="null"/> when there is none.</summary>
    public static string? FindNext(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            var rest = value.AsSpan();
            while (TryReadLink(ref rest, out var target, out var parameters))
            {
                if (IsNext(parameters))
                {
                    return target.ToString();
                }
            }
        }

        return null;
    }

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
    private static bool IsNext(ReadOnlySpan<char> parameters)
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
            foreach (var relation in relations.SplitAny(' ', '\t'))
            {
                if (relations[relation].Equals("next", StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        return false;
    }
}
