using System.Buffers;

namespace ScmIntegrations.GitHub.GraphQL;

/// <summary>Looks at a document just far enough to tell a query from a mutation.</summary>
internal static class GraphQLDocument
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Whether an operation of the document is a mutation: the word stands outside of all braces, comments and strings
    /// (spec.graphql.org, October 2021, sections 2.1 to 2.3). A fragment or variable of that name makes a query pass for
    /// a mutation, which is then sent once: the safe side.
    /// </summary>
    public static bool IsMutation(string text)
    {
        var depth = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var taken = 1;
            switch (rest[0])
            {
                case '#':
                    taken = LengthTo(rest, "\n");
                    break;
                case '"' when rest.StartsWith("\"\"\""):
                    taken = 3 + LengthTo(rest[3..], "\"\"\"");
                    break;
                case '"':
                    taken = LengthOfString(rest);
                    break;
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    break;
                default:
                    var length = rest.IndexOfAnyExcept(NameCharacters) is var end and >= 0 ? end : rest.Length;
                    if (depth == 0 && rest[..length] is "mutation")
                    {
                        return true;
                    }

                    taken = Math.Max(1, length);
                    break;
            }

            rest = rest[Math.Min(taken, rest.Length)..];
        }

        return false;
    }

    private static int LengthTo(ReadOnlySpan<char> text, string mark) =>
        text.IndexOf(mark, StringComparison.Ordinal) is var end and >= 0 ? end + mark.Length : text.Length;

    private static int LengthOfString(ReadOnlySpan<char> text)
    {
        var end = 1;
        while (end < text.Length && text[end] is not ('"' or '\n'))
        {
            end += text[end] is '\\' ? 2 : 1;
        }

        return end + 1;
    }
}
