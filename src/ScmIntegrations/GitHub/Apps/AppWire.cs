using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>The body of a mint. What is <see langword="null"/> is left out, and so not narrowed.</summary>
internal sealed record InstallationTokenScopeWire
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Repositories { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? RepositoryIds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }
}

/// <summary>GitHub's answer to a mint, whole. A class, because a record would print the token.</summary>
internal sealed class GrantedTokenWire
{
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public Dictionary<string, string>? Permissions { get; init; }

    public string? RepositorySelection { get; init; }

    public List<GitHubRepository>? Repositories { get; init; }
}

/// <summary>An account: users and organisations have a login, an enterprise has a slug.</summary>
internal sealed record AccountWire
{
    public required long Id { get; init; }

    public string? Login { get; init; }

    public string? Slug { get; init; }

    public string? Type { get; init; }
}
