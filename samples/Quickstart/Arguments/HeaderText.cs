using System.Buffers;

namespace Quickstart.Arguments;

/// <summary>Reads a header as it is typed, <c>Name: value</c>. Values are not repeated in messages: they may be secrets.</summary>
internal static class HeaderText
{
    // A token, as RFC 9110 §5.6.2 has it.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <param name="text">What was typed.</param>
    /// <param name="number">Which of the headers it is, counted from 1.</param>
    public static KeyValuePair<string, string> Read(string text, int number)
    {
        var which = $"{OptionTable.Header} number {number}";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text.Any(char.IsControl))
        {
            throw new UsageException($"{which} has control characters; a header is one line, NAME: VALUE.");
        }

        if (colon < 0)
        {
            throw new UsageException($"{which} has no colon; a header is NAME: VALUE.");
        }

        var name = text[..colon].Trim();
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters)
            ? new(name, text[(colon + 1)..].Trim())
            : throw new UsageException($"{which} has no name before its colon that a header can have; a header is NAME: VALUE.");
    }
}
