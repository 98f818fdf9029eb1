using System.Text.Json;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>Reads trees from GitHub, and completes those that it cut short.</summary>
internal sealed class TreeReader(GitHubConnection connection)
{
    /// <summary>
    /// The whole tree below a ref. GitHub cuts a recursive answer at 100,000 entries or 7 MB (docs.github.com, "Get a tree");
    /// then the folders are read one by one, within the request budget.
    /// </summary>
    public async Task<RepositoryTree> ReadAsync(RepositoryRef repository, string gitRef, RequestLane lane, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(repository, gitRef, recursive: true, lane, cancellationToken).ConfigureAwait(false);
        if (!answer.Truncated)
        {
            return new RepositoryTree(answer.Sha, answer.Tree.Select(entry => Entry(entry, "")));
        }

        // From here on by the id that was answered: a push meanwhile must not mix two commits.
        var left = connection.Options.Trees.MaxRequestsPerTree - 1;
        var walk = new TreeWalk(
            (sha, recursive) => SendAsync(repository, sha, recursive, lane, cancellationToken),
            () => left-- > 0 && connection.MaySpendMore(lane));
        await walk.ListFolderAsync(answer.Sha, "").ConfigureAwait(false);

        // A walk that got nowhere leaves less than GitHub gave at first.
        var tree = walk.Entries.Count >= answer.Tree.Count
            ? new RepositoryTree(answer.Sha, walk.Entries, walk.MissingFolders)
            : new RepositoryTree(answer.Sha, answer.Tree.Select(entry => Entry(entry, "")), [""]);
        if (!tree.IsComplete)
        {
            connection.Interactions.Current?.ReportWarning(
                $"the tree of {repository} is not complete: {tree.MissingFolders.Count} folders are missing, first '{tree.MissingFolders[0]}'");
        }

        return tree;
    }

    public static TreeEntry Entry(TreeEntryWire wire, string prefix) => new(prefix + wire.Path, ModeOf(wire.Mode), TypeOf(wire.Type), wire.Sha, wire.Size);

    private Task<TreeWire> SendAsync(RepositoryRef repository, string sha, bool recursive, RequestLane lane, CancellationToken cancellationToken)
    {
        var request = GitHubRequest.Get("/repos/{owner}/{repo}/git/trees/{tree_sha}", repository.Owner, repository.Name, sha).PartOf(lane);

        // Any value turns recursion on, even 0, so the parameter is either 1 or absent.
        return connection.SendAsync(recursive ? request.WithQuery("recursive", "1") : request, ReadWireAsync, cancellationToken);
    }

    private static async Task<TreeWire> ReadWireAsync(GitHubResponse response, CancellationToken cancellationToken)
    {
        var wire = await response.ReadJsonAsync(GitHubJson.Default.TreeWire, cancellationToken).ConfigureAwait(false);
        return GitRefName.IsValid(wire.Sha) && wire.Tree.TrueForAll(IsUsable)
            ? wire
            : throw new JsonException("The tree, or an entry of it, has no usable id, or an entry is null or has no path.");
    }

    /// <summary>The ids go into the addresses of further requests, and an empty one would pass for an empty repository.</summary>
    private static bool IsUsable(TreeEntryWire? entry) => entry is { Path.Length: > 0 } && GitRefName.IsValid(entry.Sha);

    /// <summary>Git has five modes, so a hundred thousand entries share five strings.</summary>
    private static string ModeOf(string mode) => mode switch
    {
        "100644" => "100644",
        "100755" => "100755",
        "040000" => "040000",
        "160000" => "160000",
        "120000" => "120000",
        _ => mode,
    };

    private static TreeEntryType TypeOf(string type) => type switch
    {
        "blob" => TreeEntryType.Blob,
        "tree" => TreeEntryType.Tree,
        "commit" => TreeEntryType.Commit,
        _ => TreeEntryType.Unknown,
    };
}
