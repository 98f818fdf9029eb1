using System.Net;
using System.Net.Http.Headers;

namespace ScmIntegrations.Http;

/// <summary>Makes a message of a request that wants JSON, anew for every attempt, because one can be sent only once.</summary>
internal static class JsonRequestMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="method">The method.</param>
    /// <param name="address">Where the service is.</param>
    /// <param name="path">Path and query below it, with a leading slash.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <param name="contentType">What the body is.</param>
    public static HttpRequestMessage Create(HttpMethod method, Uri address, string path, ReadOnlyMemory<byte> body, string contentType = "application/json")
    {
        var message = new HttpRequestMessage(method, new Uri(address, path.TrimStart('/')))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        // Content, if only none of it, keeps the socket handler from quietly sending the request again. One layer retries.
        message.Content = new ReadOnlyMemoryContent(body);
        if (!body.IsEmpty)
        {
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        return message;
    }
}
