using System.Buffers;

namespace ScmIntegrations.Testing;

/// <summary>What can be written into the head of a request or an answer.</summary>
internal static class HeaderText
{
    // A token: RFC 9110, 5.6.2.
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\0");

    /// <summary>Whether a text can be a header's name, or a method.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Token);

    /// <summary>Whether a text can be a header's value.</summary>
    public static bool IsValue(string text) => !text.AsSpan().ContainsAny(LineEnds);
}
