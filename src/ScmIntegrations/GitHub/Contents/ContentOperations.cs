using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>Files and blobs as a user asks for them: arguments checked before any I/O, each read one interaction.</summary>
internal sealed class ContentOperations(GitHubConnection connection, ContentReader files, BlobReader blobs, TimeProvider timeProvider)
{
    public Task<GitHubFile> GetFileAsync(RepositoryRef repository, string path, string? gitRef, CancellationToken cancellationToken)
    {
        Check(repository, path, gitRef);
        return connection.Interactions.RunAsync(
            connection.Describe("get_file", repository),
            async _ =>
            {
                var (content, tag) = await files.ReadAsync(repository, path, gitRef, RawContent.ReadAsync, cancellationToken).ConfigureAwait(false);
                return new GitHubFile { Path = path, Content = content, Sha = GitBlobId.Of(content.Span), ETag = tag };
            },
            cancellationToken);
    }

    public Task<GitHubDownload> OpenFileAsync(RepositoryRef repository, string path, string? gitRef, CancellationToken cancellationToken)
    {
        Check(repository, path, gitRef);
        return OpenAsync("open_file", repository, path, sha: null, () => files.ReadAsync(repository, path, gitRef, RawContent.OpenAsync, cancellationToken), cancellationToken);
    }

    public Task<ReadOnlyMemory<byte>> GetBlobAsync(RepositoryRef repository, string sha, CancellationToken cancellationToken)
    {
        Check(repository, sha);
        return connection.Interactions.RunAsync(
            connection.Describe("get_blob", repository),
            async _ => (await blobs.ReadAsync(repository, sha, RawContent.ReadAsync, cancellationToken).ConfigureAwait(false)).Content,
            cancellationToken);
    }

    public Task<GitHubDownload> OpenBlobAsync(RepositoryRef repository, string sha, CancellationToken cancellationToken)
    {
        Check(repository, sha);
        return OpenAsync("open_blob", repository, sha, sha, () => blobs.ReadAsync(repository, sha, RawContent.OpenAsync, cancellationToken), cancellationToken);
    }

    /// <summary>The interaction of a stream lasts as long as the stream.</summary>
    private async Task<GitHubDownload> OpenAsync(
        string operation,
        RepositoryRef repository,
        string what,
        string? sha,
        Func<Task<OpenedBody>> open,
        CancellationToken cancellationToken)
    {
        var scope = connection.Interactions.Start(connection.Describe(operation, repository), cancellationToken);
        try
        {
            var body = await open().ConfigureAwait(false);
            var content = new DownloadStream(body, scope, $"'{what}' of {repository}", connection.Options.Resilience.AttemptTimeout, timeProvider);
            return new(content) { Length = body.Length, Sha = sha, ETag = body.ETag };
        }
        catch (Exception exception)
        {
            scope.RecordException(exception);
            scope.Dispose();
            throw;
        }
    }

    private static void Check(RepositoryRef repository, string path, string? gitRef)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ContentPath.Check(path, nameof(path));
        if (gitRef is not null)
        {
            GitRefName.Check(gitRef, nameof(gitRef));
        }
    }

    private static void Check(RepositoryRef repository, string sha)
    {
        ArgumentNullException.ThrowIfNull(repository);
        GitBlobId.Check(sha, nameof(sha));
    }
}
