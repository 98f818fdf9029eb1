using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>How raw content is taken out of an answer: into memory within the attempt, or opened so that it is read after it.</summary>
/// <param name="response">The answer.</param>
/// <param name="sha">The blob id of the content, where it was asked for by it.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
internal delegate Task<T> ContentTaker<T>(GitHubResponse response, string? sha, CancellationToken cancellationToken);

/// <summary>What a raw request is, and what its answer is.</summary>
internal static class RawContent
{
    private const string MediaType = "application/vnd.github.raw+json";

    /// <summary>Asks for the bytes, under the bound of files and blobs.</summary>
    public static GitHubRequest Raw(this GitHubRequest request, GitHubIntegrationOptions options) =>
        request with { Accept = MediaType, MaxBytes = options.MaxBlobBytes };

    /// <summary>Whether GitHub describes what stands at a path instead of sending content: the raw form has a media type of its own, whatever the file is.</summary>
    public static bool IsDescription(GitHubResponse response) => string.Equals(response.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The whole content and its entity tag. A body that is cut short, or is not what was asked for, is one that broke off.</summary>
    public static async Task<(ReadOnlyMemory<byte> Content, string? ETag)> ReadAsync(GitHubResponse response, string? sha, CancellationToken cancellationToken)
    {
        RefusePage(response);
        using var content = new MemoryStream((int)Math.Min(response.Length ?? 0, 1024 * 1024));
        var body = new CheckedBody(response.Body, response.Length);
        await using (body.ConfigureAwait(false))
        {
            await body.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        return sha is null || GitBlobId.IsOf(sha, bytes.Span)
            ? (bytes, response.ETag)
            : throw new IOException($"What arrived is not the content of {sha}.");
    }

    /// <summary>The content as far as its first bytes.</summary>
    public static Task<OpenedBody> OpenAsync(GitHubResponse response, string? sha, CancellationToken cancellationToken)
    {
        RefusePage(response);
        return OpenedBody.ReadAsync(response, sha, cancellationToken);
    }

    /// <summary>A web page is a proxy's, never a file: that would say that it is raw. An encoding that was not asked for would pass for the content.</summary>
    private static void RefusePage(GitHubResponse response)
    {
        if (response.IsEncoded || response.MediaType is "text/html" || IsDescription(response))
        {
            throw new WrongShapeException($"Raw content was due, and {(response.IsEncoded ? "an encoding that was not asked for" : response.MediaType)} came.");
        }
    }
}
