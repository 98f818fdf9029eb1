using System.Globalization;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>Times as headers write them.</summary>
internal static class HeaderTime
{
    // With the name of the zone, or its offset: GitHub sends both.
    private static readonly string[] TokenFormats = ["yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss zzz"];

    /// <summary>The end of a token, for example <c>2026-12-01 23:24:01 UTC</c> or <c>2026-12-01 16:24:01 -0700</c>; <see langword="null"/> when it cannot be read.</summary>
    public static DateTimeOffset? OfToken(string text) =>
        DateTimeOffset.TryParseExact(text, TokenFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>An HTTP date (RFC 9110 §5.6.7), as <c>Sunset</c> has it (RFC 8594); <see langword="null"/> when it cannot be read.</summary>
    public static DateTimeOffset? OfDate(string? text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
