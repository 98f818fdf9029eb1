using System.Buffers;
using System.Text.RegularExpressions;

namespace ScmIntegrations.Http;

/// <summary>Makes text that came from outside safe to show: no secret, no control character, bounded. What every <see cref="Errors.ScmException"/> says has been through it.</summary>
public static partial class Redaction
{
    /// <summary>The most characters kept of a foreign text.</summary>
    public const int MaxLength = 1024;

    private const int MaxWork = MaxLength * 8;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>Replaces anything that looks like a credential by <c>***</c>, drops control characters and cuts at <see cref="MaxLength"/> characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text as it may be shown. One that takes longer than a second to look through is <c>***</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return CleanInTime(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Better nothing than a secret; and better than losing the error that the text was part of.
            return "***";
        }
    }

    /// <summary>The same, of a text by somebody who was sent these secrets: repeating one is no way for it to get out.</summary>
    internal static string Clean(string text, params ReadOnlySpan<string> secrets)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return Clean(text);
    }

    private static string CleanInTime(string text)
    {
        // A secret cut in half is still half a secret, so the cut comes last; the first cut only bounds the work, and takes the
        // word with it that it went through. Control characters go first: one may stand between a secret and what tells it.
        var bounded = ControlCharacters().Replace(text.Length > MaxWork ? text[..MaxWork] : text, " ");
        if (text.Length > MaxWork && EndOfWhole(bounded) is var end and > 0)
        {
            bounded = bounded[..end];
        }

        var clean = Secrets().Replace(bounded, "***").Trim();
        return clean.Length <= MaxLength ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");
    }

    /// <summary>Where the word begins that a cut has gone through; in a text that is one word, the letters that can be a token's.</summary>
    private static int EndOfWhole(string cut) => cut.LastIndexOf(' ') is var space and > 0 ? space : cut.AsSpan().LastIndexOfAnyExcept(TokenCharacters);

    // GitHub's token prefixes (docs.github.com, "GitHub's token formats"), JWTs, authorization values, parameters of a query or of
    // JSON, and PEM blocks. Where something is glued to its front, a token is told by its length as well.
    [GeneratedRegex(
        @"\bgh[pousr]_[A-Za-z0-9_.\-]+|gh[pousr]_[A-Za-z0-9_.\-]{16,}|github_pat_[\w.\-]+|\beyJ[\w\-]+\.[\w.\-]+|eyJ[\w\-]{8,}\.[\w.\-]+|\b(bearer|basic)\s+[\w.~+/=\-]{8,}|"
        + @"(access_token|refresh_token|client_secret)(=|\\?[""']\s*:\s*\\?[""']?)(?!…)[^&\s""',}]+|-----BEGIN [A-Z ]+-----[\s\S]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ControlCharacters();
}
