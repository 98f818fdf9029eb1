using System.Net;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>A body that outlives its attempt: its first bytes are here, the rest is still to come.</summary>
internal sealed record OpenedBody(ReadOnlyMemory<byte> First, CheckedBody Rest, IDisposable Answer) : IDisposable
{
    public long? Length { get; private init; }

    public string? ETag { get; private init; }

    public HttpStatusCode Status { get; private init; }

    public string? RequestId { get; private init; }

    /// <summary>Waits for the first bytes, or for the end of an empty body; this much is under the attempt's time and retries.</summary>
    public static async Task<OpenedBody> ReadAsync(GitHubResponse response, string? sha, CancellationToken cancellationToken)
    {
        var body = new CheckedBody(response.Body, response.Length, sha);
        var first = new byte[16 * 1024];
        var read = await body.ReadAsync(first, cancellationToken).ConfigureAwait(false);
        return new(first.AsMemory(0, read), body, response.Keep())
        {
            Length = response.Length,
            ETag = response.ETag,
            Status = response.Status,
            RequestId = response.RequestId,
        };
    }

    public void Dispose()
    {
        Rest.Dispose();
        Answer.Dispose();
    }
}
