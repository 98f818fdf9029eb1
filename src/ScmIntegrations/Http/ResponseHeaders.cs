using System.Globalization;
using System.Net.Http.Headers;

namespace ScmIntegrations.Http;

/// <summary>Reads headers as servers send them: by name, the first value, blanks as absent.</summary>
internal static class ResponseHeaders
{
    public static string? FirstHeader(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? First(values) : null;

    /// <summary>When an answer was sent, by the server's clock; <see langword="null"/> when it does not say.</summary>
    public static DateTimeOffset? SentAt(this HttpResponseMessage response) =>
        response.FirstHeader("Date") is not { } date ? null
            // As every server of today writes it; the older forms of RFC 9110 are left to the framework.
            : DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sentAt) ? sentAt
            : response.Headers.Date;

    // Not LINQ, which would box values and enumerator: some eight headers are looked at in every answer.
    private static string? First(HeaderStringValues values)
    {
        foreach (var value in values)
        {
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }

        return null;
    }
}
