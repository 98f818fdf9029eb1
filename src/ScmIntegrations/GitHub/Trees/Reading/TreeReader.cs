using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Columns;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>Reads trees from GitHub, and completes those that it cut short.</summary>
internal sealed class TreeReader(GitHubConnection connection)
{
    /// <summary>
    /// The whole tree below a ref. GitHub cuts a recursive answer at 100,000 entries or 7 MB (docs.github.com, "Get a tree");
    /// then the folders are read one by one, several at a time, within the request budget.
    /// </summary>
    public async Task<RepositoryTree> ReadAsync(RepositoryRef repository, string gitRef, RequestLane lane, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(repository, gitRef, recursive: true, lane, cancellationToken).ConfigureAwait(false);
        if (!answer.IsTruncated)
        {
            return new RepositoryTree(answer.Sha, answer.Entries, []);
        }

        // From here on by the id that was answered: a push meanwhile must not mix two commits.
        var walk = new TreeWalk(
            (sha, recursive, token) =>
            {
                connection.Charge(lane);
                return SendAsync(repository, sha, recursive, lane, token);
            },
            connection.Options.Trees.Concurrency,
            connection.Options.Trees.MaxRequestsPerTree - 1,
            _ => connection.MaySpendMore(lane));
        var (walked, missing) = await WalkAsync(walk, answer.Sha, cancellationToken).ConfigureAwait(false);

        // A walk that got nowhere leaves less than GitHub gave at first.
        var tree = walked.Count >= answer.Entries.Count
            ? new RepositoryTree(answer.Sha, walked, missing)
            : new RepositoryTree(answer.Sha, answer.Entries, [""]);
        if (!tree.IsComplete)
        {
            connection.Interactions.Current?.ReportWarning(
                $"the tree of {repository} is not complete: {tree.MissingFolders.Count} folders are missing, first '{tree.MissingFolders[0]}'");
        }

        return tree;
    }

    private static async Task<(TreeColumns Entries, IReadOnlyList<string> Missing)> WalkAsync(TreeWalk walk, string sha, CancellationToken cancellationToken)
    {
        var root = await walk.RunAsync(sha, cancellationToken).ConfigureAwait(false);
        try
        {
            return (root.Gather(), walk.MissingFolders);
        }
        catch (BodyTooLargeException exception)
        {
            // Each answer kept within its bound, and what they come to together does not fit.
            throw ScmException.From(TransportError.From(exception)!, exception);
        }
    }

    private Task<TreeAnswer> SendAsync(RepositoryRef repository, string sha, bool recursive, RequestLane lane, CancellationToken cancellationToken)
    {
        var request = GitHubRequest.Get("/repos/{owner}/{repo}/git/trees/{tree_sha}", repository.Owner, repository.Name, sha).PartOf(lane);

        // Any value turns recursion on, even 0, so the parameter is either 1 or absent.
        return connection.SendAsync(recursive ? request.WithQuery("recursive", "1") : request, ReadAnswerAsync, cancellationToken);
    }

    /// <summary>The ids go into the addresses of further requests, and an empty one would pass for an empty repository.</summary>
    private static async Task<TreeAnswer> ReadAnswerAsync(GitHubResponse response, CancellationToken cancellationToken)
    {
        var answer = await response.ReadJsonAsync(TreeAnswerReader.ReadAsync, cancellationToken).ConfigureAwait(false);
        return GitRefName.IsValid(answer.Sha) && answer.IsUsable
            ? answer
            : throw new JsonException("The tree, or an entry of it, has no usable id, or an entry is null or has no path.");
    }
}
