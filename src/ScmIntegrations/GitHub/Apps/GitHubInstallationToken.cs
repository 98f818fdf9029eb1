using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>A token that was minted for an installation, and what it opens. The secret is in <see cref="GitHubToken.Value"/> alone, and never printed.</summary>
public sealed record GitHubInstallationToken
{
    /// <summary>The token.</summary>
    public required GitHubToken Token { get; init; }

    /// <summary>When it ends, in the clock of this process; GitHub gives it an hour.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What it may do, by name, as GitHub answered. GitHub adds <c>metadata</c> → <c>read</c> to whatever was asked for.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>all</c> or <c>selected</c>; <see langword="null"/> where the server does not say.</summary>
    public string? RepositorySelection { get; init; }

    /// <summary>The repositories that it was narrowed to; empty when it was not.</summary>
    public IReadOnlyList<GitHubRepository> Repositories { get; init; } = [];
}
