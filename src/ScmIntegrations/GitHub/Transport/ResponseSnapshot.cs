using System.Net;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>An answer that has been read: status, headers and body.</summary>
/// <param name="response">The answer.</param>
/// <param name="body">Its body.</param>
/// <param name="standsFor">The status that it should have had, where a success turned out to be none.</param>
internal sealed class ResponseSnapshot(HttpResponseMessage response, ReadOnlyMemory<byte> body, HttpStatusCode? standsFor = null)
{
    public HttpStatusCode Status => standsFor ?? response.StatusCode;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The first value of a header; <see langword="null"/> when it is absent or blank.</summary>
    public string? Header(string name) => response.FirstHeader(name);

    /// <summary>Whether a header is there, blank or not.</summary>
    public bool HasHeader(string name) => response.Headers.NonValidated.Contains(name);

    /// <summary>When the answer was sent, by the server's clock.</summary>
    public DateTimeOffset? Date => response.Headers.Date;

    /// <summary>The answer as a message whose body is in memory.</summary>
    public HttpResponseMessage ToMessage(HttpRequestMessage request)
    {
        var message = new HttpResponseMessage(response.StatusCode)
        {
            ReasonPhrase = response.ReasonPhrase,
            Version = response.Version,
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(body),
        };
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            // The body is counted anew; where the socket decompressed it, it has removed the encoding itself.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                message.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return message;
    }
}
