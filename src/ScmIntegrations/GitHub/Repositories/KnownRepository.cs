using System.Globalization;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>A repository that GitHub has described, with what cached things of it are kept under.</summary>
/// <param name="Repository">The description.</param>
/// <param name="Key">The id and the name it is known under, because a name can pass to another repository.</param>
internal sealed record KnownRepository(GitHubRepository Repository, string Key)
{
    public KnownRepository(GitHubRepository repository)
        : this(repository, KeyOf(repository.Id, repository.FullName))
    {
    }

    /// <summary>What cached things of a repository are kept under.</summary>
    public static string KeyOf(long id, string fullName) => string.Create(CultureInfo.InvariantCulture, $"{id} {fullName.ToUpperInvariant()}");
}
