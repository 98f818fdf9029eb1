using System.Net;
using System.Text;
using Octokit.Internal;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>The body of a response as Octokit takes it: a text, or a stream of bytes, and the type by which it decides what to do with it.</summary>
internal static class ResponseBody
{
    private const string Raw = "application/vnd.github.v3.raw";
    private const string AnyForm = "application/vnd.github.v3";

    private static readonly string[] Binary = [Raw, "application/zip", "application/x-gzip", "application/octet-stream"];

    /// <summary>Whether a request asks for JSON. Octokit's lists of releases do without saying so.</summary>
    public static bool IsJsonDue(IRequest request) =>
        request.Headers.GetValueOrDefault("Accept", "") is var accept && (accept is AnyForm || accept.Contains("json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a body.</summary>
    /// <exception cref="Errors.ScmException">JSON was asked for, and bytes came.</exception>
    public static async Task<(object Body, string? ContentType)> ReadAsync(
        IRequest request, HttpResponseMessage response, OctokitAnswer answer, Func<object, object>? preprocess, CancellationToken cancellationToken)
    {
        // In memory already: the line has read it whole.
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.StatusCode >= HttpStatusCode.BadRequest)
        {
            return (ErrorText.Of(body), JsonText.MediaType);
        }

        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent or HttpStatusCode.NotModified)
        {
            return ("", null);
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var isDue = IsJsonDue(request);
        if (IsBinary(mediaType) || request.Headers.GetValueOrDefault("Accept") is Raw)
        {
            return preprocess is not null ? (preprocess(new MemoryStream(body)), mediaType)
                : isDue ? throw Unreadable.Shape(answer, $"The answer is not the JSON that was due, but {mediaType}.")
                : (new MemoryStream(body), mediaType);
        }

        // What is not due as JSON is not for Octokit's parser, whatever it says that it is.
        var text = isDue ? JsonText.Of(body, IsJson(mediaType)) : Encoding.UTF8.GetString(body);
        return (preprocess is null ? text : preprocess(text), isDue ? JsonText.MediaType : IsJson(mediaType) ? null : mediaType);
    }

    private static bool IsJson(string? mediaType) => mediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsBinary(string? mediaType) =>
        mediaType is not null && (mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || Binary.Contains(mediaType, StringComparer.OrdinalIgnoreCase));
}
