using System.Text.RegularExpressions;

namespace ScmIntegrations.Testing;

/// <summary>A regular expression that has to fit the whole of a text, as WireMock's do.</summary>
internal static class WholeExpression
{
    // An expression that goes astray ends the request with a message instead of the run with a time-out.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static Regex Parse(MappingReader reader, string name, string expression)
    {
        try
        {
            return new Regex($@"\A(?:{expression})\z", RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException exception)
        {
            throw reader.Wrong(name, $"'{expression}' is no regular expression. {exception.Message}", exception);
        }
    }
}
