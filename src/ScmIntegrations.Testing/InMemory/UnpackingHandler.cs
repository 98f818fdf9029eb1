using System.IO.Compression;

namespace ScmIntegrations.Testing;

/// <summary>Asks for gzip and unpacks it, as the socket handler does when it is told to.</summary>
internal sealed class UnpackingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Gzip = "gzip";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.NonValidated.Contains("Accept-Encoding"))
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", Gzip);
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentEncoding.LastOrDefault() is Gzip)
        {
            response.Content = await UnpackAsync(response.Content, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private static async Task<StreamContent> UnpackAsync(HttpContent packed, CancellationToken cancellationToken)
    {
        var bytes = await packed.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var content = new StreamContent(new GZipStream(bytes, CompressionMode.Decompress));

        // Neither the length nor the encoding is true of what comes out.
        foreach (var (name, values) in packed.Headers.NonValidated.Where(header => header.Key is not ("Content-Length" or "Content-Encoding")))
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        return content;
    }
}
