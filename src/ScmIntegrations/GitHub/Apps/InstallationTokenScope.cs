namespace ScmIntegrations.GitHub.Apps;

/// <summary>
/// What an installation's token is narrowed to. <see langword="null"/> leaves a side as wide as the installation is; an empty list
/// is refused, because to GitHub it would mean everything.
/// </summary>
public sealed record InstallationTokenScope
{
    /// <summary>The most repositories that a token can be narrowed to (docs.github.com, "Create an installation access token for an app").</summary>
    public const int MaxRepositories = 500;

    /// <summary>The repositories by name, 1 to 500 of one owner; not together with <see cref="RepositoryIds"/>.</summary>
    public IReadOnlyList<RepositoryRef>? Repositories { get; init; }

    /// <summary>The repositories by GitHub's id, 1 to 500, each above 0.</summary>
    public IReadOnlyList<long>? RepositoryIds { get; init; }

    /// <summary>The permissions by name with their level, for example <c>contents</c> → <c>read</c>: at most what the installation has.</summary>
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }

    /// <summary>The scope as GitHub takes it.</summary>
    /// <exception cref="ArgumentException">It holds nothing, too much, or what cannot be asked for.</exception>
    internal InstallationTokenScopeWire ToWire(string parameter)
    {
        if (Repositories is not null && RepositoryIds is not null)
        {
            throw new ArgumentException("The scope names repositories both by name and by id; give one of the two.", parameter);
        }

        CheckCount(Repositories?.Count ?? RepositoryIds?.Count, parameter);
        if (Repositories is { } repositories && (repositories.Contains(null!) || repositories.DistinctBy(repository => repository.Owner, StringComparer.OrdinalIgnoreCase).Skip(1).Any()))
        {
            throw new ArgumentException("The repositories of a token belong to one owner, that of the installation; these have several, or one is null.", parameter);
        }

        if (RepositoryIds?.FirstOrDefault(id => id < 1, 1) is < 1 and var wrong)
        {
            throw new ArgumentException($"{wrong} is no id of a repository; ids are above 0.", parameter);
        }

        PermissionNames.Check(Permissions, parameter);
        return new InstallationTokenScopeWire
        {
            Repositories = Repositories is null ? null : [.. Repositories.Select(repository => repository.Name)],
            RepositoryIds = RepositoryIds,
            Permissions = Permissions,
        };
    }

    private static void CheckCount(int? count, string parameter)
    {
        if (count is 0 or > MaxRepositories)
        {
            throw new ArgumentException($"The scope names {count} repositories; it is 1 to {MaxRepositories}, or null for all of the installation's.", parameter);
        }
    }
}
