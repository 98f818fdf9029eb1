using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ScmIntegrations.Testing;

/// <summary>Turns a client's message into what a server reads from a connection.</summary>
internal static class InMemoryRequest
{
    public static async Task<HttpRequestFeature> CreateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var feature = new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Method = request.Method.Method,
            Scheme = address.Scheme,
            Path = PathString.FromUriComponent(address).Value ?? "/",
            QueryString = address.Query,
            RawTarget = address.PathAndQuery,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            feature.Headers[name] = values.ToString();
        }

        feature.Headers.Host = request.Headers.Host ?? address.Authority;
        if (request.Content is { } content)
        {
            feature.Body = await ReadAsync(content, feature.Headers, cancellationToken).ConfigureAwait(false);
        }
        else if (request.Method == HttpMethod.Post || request.Method == HttpMethod.Put || request.Method == HttpMethod.Patch)
        {
            // The socket handler says so for the methods that usually have a body.
            feature.Headers.ContentLength = 0;
        }

        return feature;
    }

    private static async Task<Stream> ReadAsync(HttpContent content, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        await content.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        body.Position = 0;

        // Asking for the length is what puts the header there.
        var length = content.Headers.ContentLength;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        if (length is null)
        {
            headers.TransferEncoding = new StringValues("chunked");
        }

        return body;
    }
}
