namespace ScmIntegrations.Testing;

/// <content>Repositories.</content>
public sealed partial class FakeGitHub
{
    /// <summary>Adds a repository; it is empty until it gets a tree.</summary>
    /// <param name="fullName">Owner and name, for example <c>acme/api</c>.</param>
    /// <param name="configure">Sets it up before it can be seen.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="ArgumentException">The name is not owner/name, or is taken.</exception>
    public FakeRepository AddRepository(string fullName, Action<FakeRepository>? configure = null)
    {
        var repository = _state.CreateRepository(fullName);
        configure?.Invoke(repository);
        _state.Store(repository);
        return repository;
    }

    /// <summary>A repository by name.</summary>
    /// <param name="fullName">Owner and name.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FakeRepository Repository(string fullName) =>
        _state.FindRepository(fullName) ?? throw new KeyNotFoundException($"There is no repository '{fullName}'.");

    /// <summary>Removes a repository; it answers 404 from now on.</summary>
    /// <param name="fullName">Owner and name.</param>
    public void RemoveRepository(string fullName) => _state.Remove(Repository(fullName));

    /// <summary>Renames or transfers a repository; the old name redirects with 301 to <c>/repositories/{id}</c>.</summary>
    /// <param name="fullName">The old owner and name.</param>
    /// <param name="newFullName">The new owner and name.</param>
    public void RenameRepository(string fullName, string newFullName) => _state.Rename(Repository(fullName), newFullName);

    /// <summary>Pushes a tree; see <see cref="FakeRepository.Push"/>.</summary>
    /// <param name="fullName">Owner and name.</param>
    /// <param name="tree">The new content.</param>
    /// <param name="branch">The branch; the default one unless told otherwise.</param>
    /// <returns>The tree with its commit id.</returns>
    public FakeTree Push(string fullName, FakeTree tree, string? branch = null) => Repository(fullName).Push(tree, branch);
}
