namespace ScmIntegrations.Testing;

/// <summary>Finds what a reference names in a repository.</summary>
internal static class GitReferences
{
    /// <summary>A commit by <c>HEAD</c>, branch, <c>heads/x</c>, <c>refs/heads/x</c> or id.</summary>
    public static FakeTree? FindCommit(FakeRepository repository, string reference)
    {
        if (reference is "HEAD")
        {
            return repository.Tree;
        }

        return repository.FindBranch(reference)
            ?? FindBelow(repository, reference, "refs/heads/")
            ?? FindBelow(repository, reference, "heads/")
            ?? repository.FindCommit(reference);
    }

    /// <summary>
    /// A tree by anything that names a commit, by its own id, or as <c>commit:path</c>. <c>Sha</c> is what
    /// GitHub puts at the top of the answer: the commit when a commit was asked for, else the tree.
    /// </summary>
    public static bool TryFindTree(FakeRepository repository, string reference, out string sha, out FakeTreeSlice slice)
    {
        if (FindCommit(repository, reference) is { } commit)
        {
            sha = commit.CommitId;
            return commit.TryFindById(commit.TreeId, out slice);
        }

        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            slice = default;
            var found = FindCommit(repository, reference[..colon])?.TryFindByPath(reference[(colon + 1)..].Trim('/'), out slice) ?? false;
            sha = slice.TreeId ?? "";
            return found;
        }

        foreach (var tree in repository.History())
        {
            if (tree.TryFindById(reference, out slice))
            {
                sha = slice.TreeId;
                return true;
            }
        }

        sha = "";
        slice = default;
        return false;
    }

    private static FakeTree? FindBelow(FakeRepository repository, string reference, string prefix) =>
        reference.StartsWith(prefix, StringComparison.Ordinal) ? repository.FindBranch(reference[prefix.Length..]) : null;
}
