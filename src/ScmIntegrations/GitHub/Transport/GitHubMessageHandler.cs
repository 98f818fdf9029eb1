using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>
/// The same line for other clients. It buffers, returns the final response instead of throwing, and joins an interaction
/// that is already open.
/// </summary>
internal sealed class GitHubMessageHandler(GitHubConnection connection) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ResponseSnapshot? refused = null;
        var translated = await TranslateAsync(request, cancellationToken).ConfigureAwait(false) with { OnErrorResponse = response => refused = response };
        ResponseReader<ResponseSnapshot> read = request.Options.TryGetValue(GitHubHandlerExtensions.JsonIsDue, out var isDue) && isDue ? ReadJsonAsync : ReadAsync;
        try
        {
            var answer = connection.Interactions.Current is null
                ? await connection.RunAsync(translated.Name, translated, read, cancellationToken).ConfigureAwait(false)
                : await connection.SendAsync(translated, read, cancellationToken).ConfigureAwait(false);
            return answer.ToMessage(request);
        }
        catch (ScmException error) when (refused is not null && error.Origin is ErrorOrigin.GitHub && error.Status == refused.Status)
        {
            request.Options.Set(GitHubHandlerExtensions.Error, error);
            return refused.ToMessage(request);
        }
    }

    private static Task<ResponseSnapshot> ReadAsync(GitHubResponse response, CancellationToken cancellationToken) =>
        response.ReadSnapshotAsync(cancellationToken);

    private static Task<ResponseSnapshot> ReadJsonAsync(GitHubResponse response, CancellationToken cancellationToken) =>
        response.ReadJsonSnapshotAsync(cancellationToken);

    private async Task<GitHubRequest> TranslateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri is null ? connection.Host.ApiAddress : new Uri(connection.Host.ApiAddress, request.RequestUri);
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers = request.Headers;
        ReadOnlyMemory<byte> body = default;
        if (request.Content is { } content)
        {
            // In memory, so that every attempt can send it.
            body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            headers = headers.Concat(content.Headers.Where(header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)));
        }

        return GitHubRequest.Foreign(request.Method, connection.Host, address) with { Body = body, ForeignHeaders = [.. headers] };
    }
}
