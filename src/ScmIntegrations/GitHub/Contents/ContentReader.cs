using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>
/// Reads files by their paths, raw. What is too large for that is looked up in its directory and read as a blob; what is missing is
/// told apart from a repository that is missing.
/// </summary>
internal sealed class ContentReader(GitHubConnection connection, BlobReader blobs, RepositoryDirectory directory, TimeProvider timeProvider)
{
    // How long "the repository is there" holds without asking again: a run of look-ups for files that may not exist asks once.
    private static readonly TimeSpan TrustRepository = TimeSpan.FromMinutes(5);

    /// <summary>Reads a file within an interaction that is already open.</summary>
    public async Task<T> ReadAsync<T>(RepositoryRef repository, string path, string? gitRef, ContentTaker<T> take, CancellationToken cancellationToken)
    {
        try
        {
            var (content, instead) = await connection.SendAsync(
                Contents(repository, path, gitRef).Raw(connection.Options),
                (response, token) => TakeAsync(response, take, token),
                cancellationToken).ConfigureAwait(false);
            return instead is { } other ? throw Describe(path, other) : content!;
        }
        catch (ScmException tooLarge) when (tooLarge.Reason is ErrorReason.BlobTooLarge)
        {
            var sha = await FindBlobAsync(repository, path, gitRef, tooLarge, cancellationToken).ConfigureAwait(false);
            return await blobs.ReadAsync(repository, sha, take, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmNotFoundException missing) when (missing is not ScmFileNotFoundException)
        {
            throw await IsThereAsync(repository, cancellationToken).ConfigureAwait(false) switch
            {
                true => ContentErrors.NoFile(missing, repository, path, gitRef),
                false => ContentErrors.NoRepository(missing, repository),
                null => missing,
            };
        }
    }

    private static async Task<(T? Content, JsonElement? Instead)> TakeAsync<T>(GitHubResponse response, ContentTaker<T> take, CancellationToken cancellationToken) =>
        RawContent.IsDescription(response)
            ? (default, await response.ReadJsonAsync(ContentsJson.Default.JsonElement, cancellationToken).ConfigureAwait(false))
            : (await take(response, null, cancellationToken).ConfigureAwait(false), null);

    private static ScmException Describe(string path, JsonElement instead) => (instead.ValueKind is JsonValueKind.Object ? Text(instead, "type") : "dir") switch
    {
        "dir" => ContentErrors.NotAFile(path, "a directory", "GetTreeAsync lists what is below it."),
        "submodule" => ContentErrors.NotAFile(path, "a submodule", "Its content is in another repository, at a commit that the tree names."),
        "symlink" => ContentErrors.NotAFile(path, "a symbolic link that leads to no file of the repository", "Its target is the content of its own blob."),
        _ => ContentErrors.NotAFile(path, "described and not sent", "Ask for its blob: GetTreeAsync lists the id."),
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>The path, below the repository; an empty one is the top directory.</summary>
    private static GitHubRequest Contents(RepositoryRef repository, string path, string? gitRef)
    {
        var below = path.Length == 0 ? "" : "/" + ContentPath.Escape(path);
        var request = GitHubRequest.Get($"/repos/{repository.Owner}/{repository.Name}/contents{below}");
        return gitRef is null ? request : request.WithQuery("ref", gitRef);
    }

    /// <summary>The blob id of a file that is too large for its path, from the list of its directory.</summary>
    private async Task<string> FindBlobAsync(RepositoryRef repository, string path, string? gitRef, ScmException tooLarge, CancellationToken cancellationToken)
    {
        var parent = path[..Math.Max(0, path.LastIndexOf('/'))];
        List<ContentEntryWire> entries;
        try
        {
            entries = await connection.SendAsync(
                Contents(repository, parent, gitRef),
                (response, token) => response.ReadJsonAsync(ContentsJson.Default.ListContentEntryWire, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ContentErrors.NeedsBlobId(tooLarge, path);
        }

        return entries.Find(entry => entry is { Type: "file" } && entry.Path.Equals(path, StringComparison.Ordinal)) switch
        {
            { Size: > GitHubIntegrationOptions.GitHubBlobLimit } => throw ContentErrors.TooLargeForAny(tooLarge, $"'{path}'"),
            { Sha: var sha } when GitBlobId.IsValid(sha) => sha,
            _ => throw ContentErrors.NeedsBlobId(tooLarge, path),
        };
    }

    /// <summary>Whether the repository can be seen; <see langword="null"/> when that could not be found out.</summary>
    private async Task<bool?> IsThereAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        if (directory.Find(repository) is { } known && known.FetchedAt + TrustRepository > timeProvider.GetUtcNow())
        {
            return true;
        }

        try
        {
            var moment = directory.Invalidations.Moment;
            directory.LearnAs(repository, await RepositoryReader.ReadAsync(connection, repository, RequestLane.Interactive, cancellationToken).ConfigureAwait(false), moment);
            return true;
        }
        catch (ScmNotFoundException)
        {
            return false;
        }
        catch (ScmException)
        {
            return null;
        }
    }
}
