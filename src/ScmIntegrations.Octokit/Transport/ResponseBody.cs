using System.Net;
using System.Text;
using Octokit.Internal;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>The body of a response as Octokit takes it: a text, or a stream of bytes, and the type by which it decides what to do with it.</summary>
/// <param name="maxDepth">The most levels of JSON.</param>
internal sealed class ResponseBody(int maxDepth)
{
    private const string Raw = "application/vnd.github.v3.raw";

    private static readonly string[] Binary = [Raw, "application/zip", "application/x-gzip", "application/octet-stream"];

    /// <summary>Reads a body.</summary>
    /// <exception cref="Errors.ScmException">JSON was asked for, and it is not what came; or it is too deep.</exception>
    public async Task<(object Body, string? ContentType)> ReadAsync(
        IRequest request, HttpResponseMessage response, OctokitAnswer answer, Func<object, object>? preprocess, CancellationToken cancellationToken)
    {
        // In memory already: the line has read it whole.
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (!response.IsSuccessStatusCode)
        {
            return (response.StatusCode < HttpStatusCode.BadRequest ? "" : ErrorText.Of(body), JsonText.MediaType);
        }

        var accept = request.Headers.GetValueOrDefault("Accept", "");
        var isJson = JsonText.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
        if (preprocess is not null)
        {
            return (preprocess(IsBinary(mediaType) ? new MemoryStream(body) : Text(body, isJson, answer)), mediaType);
        }

        return (response.StatusCode, accept) switch
        {
            (HttpStatusCode.NoContent or HttpStatusCode.ResetContent, _) => ("", null),
            (_, Raw) => (new MemoryStream(body), mediaType),
            _ when accept.Contains("json", StringComparison.OrdinalIgnoreCase) => IsBinary(mediaType)
                ? throw Unreadable.Shape(answer, $"The answer is not the JSON that was due, but {mediaType}.")
                : (JsonText.Of(body, isJson, maxDepth, answer), JsonText.MediaType),
            _ => IsBinary(mediaType) ? (new MemoryStream(body), mediaType) : (Text(body, isJson, answer), mediaType),
        };
    }

    /// <summary>A text that Octokit may go on to parse.</summary>
    private string Text(byte[] body, bool isJson, OctokitAnswer answer) =>
        isJson ? JsonText.Of(body, isJson, maxDepth, answer) : Encoding.UTF8.GetString(body);

    private static bool IsBinary(string? mediaType) =>
        mediaType is not null && (mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || Binary.Contains(mediaType, StringComparer.OrdinalIgnoreCase));
}
