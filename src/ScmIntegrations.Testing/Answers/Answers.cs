using System.Globalization;
using System.Text;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>Ready-made answers, with the words and headers that GitHub uses.</summary>
public static partial class Answers
{
    private const string RestDocumentation = "https://docs.github.com/rest";

    /// <summary>What the fake answers by itself; wrap it to delay or break a real answer.</summary>
    /// <returns>The answer.</returns>
    public static Answer Real() => new PassThroughAnswer();

    /// <summary>
    /// The fake does what it is asked, and this is answered in place of what it would say: so a write is carried out and its answer
    /// is lost. Without it, a scripted answer keeps the fake from doing anything.
    /// </summary>
    /// <param name="instead">What is answered, for example <see cref="ServerError"/> or <see cref="Reset"/>.</param>
    /// <returns>The answer.</returns>
    public static Answer CarriedOut(Answer instead) => new CarriedOutAnswer(instead ?? throw new ArgumentNullException(nameof(instead)));

    /// <summary>A text body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body; empty unless given.</param>
    /// <param name="contentType">The media type.</param>
    /// <returns>The answer.</returns>
    public static Answer Text(int status, string body = "", string contentType = "text/plain; charset=utf-8") =>
        Bytes(status, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>A JSON body, sent as it is.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="json">The body; it need not be sound.</param>
    /// <returns>The answer.</returns>
    public static Answer Json(int status, string json) => Text(status, json, "application/json; charset=utf-8");

    /// <summary>A body of bytes.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The media type.</param>
    /// <returns>The answer.</returns>
    public static Answer Bytes(int status, ReadOnlyMemory<byte> body, string contentType = "application/octet-stream") =>
        new BytesAnswer(status, body, contentType);

    /// <summary>An error in GitHub's envelope: message, documentation and the status as a string.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">The message.</param>
    /// <param name="documentationUrl">The documentation; the general one unless given.</param>
    /// <returns>The answer.</returns>
    public static Answer GitHubError(int status, string message, string documentationUrl = RestDocumentation) =>
        new JsonAnswer(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", message);
            json.WriteString("documentation_url", documentationUrl);
            json.WriteString("status", status.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });

    /// <summary>Whatever the test writes.</summary>
    /// <param name="write">Writes status, headers and body; its token ends when the client leaves.</param>
    /// <returns>The answer.</returns>
    public static Answer Custom(Func<HttpContext, CancellationToken, Task> write) => new CustomAnswer(write);

    /// <summary>A redirect with GitHub's body.</summary>
    /// <param name="location">Where to; absolute or from the root.</param>
    /// <param name="status">301 unless told otherwise.</param>
    /// <returns>The answer.</returns>
    public static Answer Redirect(string location, int status = 301) =>
        new JsonAnswer(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", status == 301 ? "Moved Permanently" : "Temporary Redirect");
            json.WriteString("url", location);
            json.WriteString("documentation_url", "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects");
            json.WriteEndObject();
        }).WithHeader("Location", location);

    /// <summary>Nothing, not even headers, until the client leaves or the server is disposed.</summary>
    /// <returns>The answer.</returns>
    public static Answer Stall() => new StallAnswer();

    /// <summary>The connection is reset instead of an answer.</summary>
    /// <returns>The answer.</returns>
    public static Answer Reset() => new ResetAnswer();

    /// <summary>200 with a body of that many spaces, without a length announced.</summary>
    /// <param name="bytes">The length of the body.</param>
    /// <returns>The answer.</returns>
    public static Answer LongBody(long bytes) => new LongAnswer(bytes, isCompressed: false);

    /// <summary>200 with a small gzip body that unpacks to that many spaces, whether gzip was accepted or not.</summary>
    /// <param name="unpackedBytes">The length once unpacked.</param>
    /// <returns>The answer.</returns>
    public static Answer GzipBomb(long unpackedBytes) => new LongAnswer(unpackedBytes, isCompressed: true);

    /// <summary>200 with arrays in arrays.</summary>
    /// <param name="depth">How many.</param>
    /// <returns>The answer.</returns>
    public static Answer DeepJson(int depth) => new DeepAnswer(depth);

    /// <summary>200 with a web page where JSON was expected, as a captive portal or proxy gives.</summary>
    /// <returns>The answer.</returns>
    public static Answer Html200() => Text(200, "<!DOCTYPE html><html><body>Sign in to continue</body></html>", "text/html; charset=utf-8");

    /// <summary>200 with a JSON media type and no body.</summary>
    /// <returns>The answer.</returns>
    public static Answer EmptyBody200() => Json(200, "");
}
