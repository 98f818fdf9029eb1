using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>A repository of the fake GitHub. Safe to change while requests are being answered.</summary>
public sealed class FakeRepository
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FakeTree> _branches = new(StringComparer.Ordinal);
    private readonly List<FakeTree> _history = [];
    private readonly Dictionary<int, FakePullRequest> _pullRequests = [];
    private string _defaultBranch = "main";

    internal FakeRepository(long id, string owner, string name)
    {
        Id = id;
        Owner = owner;
        Name = name;
    }

    /// <summary>The number of the repository; it survives a rename.</summary>
    public long Id { get; }

    /// <summary>The login of the owner.</summary>
    public string Owner { get; internal set; }

    /// <summary>The name without the owner.</summary>
    public string Name { get; internal set; }

    /// <summary>Owner and name, with a slash between.</summary>
    public string FullName => $"{Owner}/{Name}";

    /// <summary>Whether the repository is archived.</summary>
    public bool IsArchived { get; set; }

    /// <summary>
    /// Whether only installations that cover it see it; others get 404. On by default. A user's token sees
    /// every repository.
    /// </summary>
    public bool IsPrivate { get; set; } = true;

    /// <summary>
    /// How many entries a recursive answer holds before it is cut and says <c>truncated</c>. GitHub's own limit,
    /// and the default, is 100,000 (or 7 MB, which is not played).
    /// </summary>
    public int TruncateAbove { get; set; } = 100_000;

    /// <summary>The largest file that is answered as JSON. GitHub's own limit, and the default, is 1 MB.</summary>
    public long MaxInlineBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest file or blob that is answered at all. GitHub's own limit, and the default, is 100 MB.</summary>
    public long MaxBlobBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>The default branch, <c>main</c> at first. Setting it renames the branch.</summary>
    public string DefaultBranch
    {
        get
        {
            lock (_gate)
            {
                return _defaultBranch;
            }
        }

        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            lock (_gate)
            {
                if (!_branches.ContainsKey(value) && _branches.Remove(_defaultBranch, out var tree))
                {
                    _branches[value] = tree;
                }

                _defaultBranch = value;
            }
        }
    }

    /// <summary>
    /// The tree of the default branch. <see langword="null"/> is an EMPTY repository, which answers 409.
    /// Setting it to <see langword="null"/> forgets every commit.
    /// </summary>
    public FakeTree? Tree
    {
        get
        {
            lock (_gate)
            {
                return _branches.GetValueOrDefault(_defaultBranch);
            }
        }

        set
        {
            if (value is not null)
            {
                Push(value);
                return;
            }

            lock (_gate)
            {
                _branches.Clear();
                _history.Clear();
            }
        }
    }

    /// <summary>The commit at the head of the default branch, if there is one.</summary>
    public string? CommitSha => Tree?.CommitId;

    /// <summary>The top tree of that commit, if there is one.</summary>
    public string? TreeSha => Tree?.TreeId;

    /// <summary>Whether the repository has no commit at all.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _branches.Count == 0;
            }
        }
    }

    /// <summary>
    /// Moves a branch to a tree. A commit that the repository had before gets a new id, because a push always
    /// makes a new commit. Older commits can still be read by their ids.
    /// </summary>
    /// <param name="tree">The new content.</param>
    /// <param name="branch">The branch, made when it is missing; the default branch unless told otherwise.</param>
    /// <returns>The tree as it was stored, with its commit id.</returns>
    public FakeTree Push(FakeTree tree, string? branch = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        lock (_gate)
        {
            if (_history.Exists(known => string.Equals(known.CommitId, tree.CommitId, StringComparison.Ordinal)))
            {
                tree = tree.WithCommit(GitObject.CommitId(tree.TreeId, $"Push {_history.Count + 1} to {FullName}"));
            }

            _history.Add(tree);
            _branches[branch ?? _defaultBranch] = tree;
            return tree;
        }
    }

    /// <summary>Pushes a commit that adds one file to a branch, or replaces it. For several at once push a tree of <see cref="FakeTreeBuilder"/>.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="content">The content, served as it is.</param>
    /// <param name="branch">The branch, made when it is missing; the default branch unless told otherwise.</param>
    /// <returns>The blob id of the content.</returns>
    public string PutFile(string path, ReadOnlyMemory<byte> content, string? branch = null)
    {
        var tree = FakeTreeBuilder.From(FindBranch(branch ?? DefaultBranch)).File(path, content).Build($"Put {path}");
        return Push(tree, branch).FindEntry(path)!.Sha;
    }

    /// <summary>Pushes a commit that adds one text file to a branch, or replaces it.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="content">The content, stored as UTF-8.</param>
    /// <param name="branch">The branch, made when it is missing; the default branch unless told otherwise.</param>
    /// <returns>The blob id of the content.</returns>
    public string PutFile(string path, string content, string? branch = null) => PutFile(path, Encoding.UTF8.GetBytes(content), branch);

    /// <summary>Removes a branch; its commits can still be read by their ids.</summary>
    /// <param name="branch">The branch.</param>
    public void DeleteBranch(string branch)
    {
        lock (_gate)
        {
            _branches.Remove(branch);
        }
    }

    /// <summary>Opens a pull request; one of the same number is replaced.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="headRef">The branch that it would merge; it need not exist.</param>
    /// <param name="title">Its title.</param>
    /// <returns>The pull request.</returns>
    public FakePullRequest OpenPullRequest(int number, string headRef, string title = "A pull request")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        ArgumentException.ThrowIfNullOrEmpty(headRef);
        lock (_gate)
        {
            return _pullRequests[number] = new FakePullRequest(this, number, headRef, title);
        }
    }

    internal FakePullRequest[] PullRequests()
    {
        lock (_gate)
        {
            return [.. _pullRequests.Values];
        }
    }

    internal FakePullRequest? FindPullRequest(int number)
    {
        lock (_gate)
        {
            return _pullRequests.GetValueOrDefault(number);
        }
    }

    internal FakeTree? FindBranch(string branch)
    {
        lock (_gate)
        {
            return _branches.GetValueOrDefault(branch);
        }
    }

    internal FakeTree? FindCommit(string commitId)
    {
        lock (_gate)
        {
            return _history.Find(tree => string.Equals(tree.CommitId, commitId, StringComparison.OrdinalIgnoreCase));
        }
    }

    internal FakeTree[] History()
    {
        lock (_gate)
        {
            return [.. _history];
        }
    }
}
