using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>Reads blobs by their ids. A blob never changes, so what arrives can be held against the id it was asked for by.</summary>
internal sealed class BlobReader(GitHubConnection connection)
{
    /// <summary>Reads a blob within an interaction that is already open.</summary>
    public async Task<T> ReadAsync<T>(RepositoryRef repository, string sha, ContentTaker<T> take, CancellationToken cancellationToken)
    {
        var request = GitHubRequest.Get("/repos/{owner}/{repo}/git/blobs/{sha}", repository.Owner, repository.Name, sha).Raw(connection.Options);
        try
        {
            return await connection.SendAsync(request, (response, token) => take(response, sha, token), cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException tooLarge) when (tooLarge.Reason is ErrorReason.BlobTooLarge)
        {
            throw ContentErrors.TooLargeForAny(tooLarge, sha);
        }
    }
}
