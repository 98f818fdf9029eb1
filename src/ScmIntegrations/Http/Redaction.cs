using System.Text.RegularExpressions;

namespace ScmIntegrations.Http;

/// <summary>Makes text that came from outside safe to show: no secret, no control character, bounded.</summary>
internal static partial class Redaction
{
    /// <summary>The most characters kept of a foreign text.</summary>
    public const int MaxLength = 1024;

    /// <summary>Replaces anything that looks like a credential by <c>***</c>, drops control characters and cuts at <see cref="MaxLength"/> characters.</summary>
    public static string Clean(string text)
    {
        // A secret cut in half is still half a secret, so the cut comes last; the first cut only bounds the work.
        var bounded = text.Length > MaxLength * 8 ? text[..(MaxLength * 8)] : text;
        var clean = ControlCharacters().Replace(Secrets().Replace(bounded, "***"), " ").Trim();
        return clean.Length <= MaxLength ? clean : string.Concat(clean.AsSpan(0, MaxLength), "…");
    }

    // GitHub's token prefixes (docs.github.com, "GitHub's token formats"), JWTs, authorization values, query parameters and PEM blocks.
    [GeneratedRegex(
        @"\bgh[pousr]_[A-Za-z0-9_.\-]+|\bgithub_pat_\w+|\beyJ[\w\-]+\.[\w.\-]+|\b(bearer|basic)\s+[\w.~+/=\-]{8,}|\b(access_token|refresh_token|client_secret)=[^&\s]+|-----BEGIN [A-Z ]+-----[\s\S]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"[\p{Cc}\p{Cf}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ControlCharacters();
}
