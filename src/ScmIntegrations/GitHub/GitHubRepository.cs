using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub;

/// <summary>A repository as GitHub describes it.</summary>
public sealed record GitHubRepository
{
    /// <summary>GitHub's id. It stays when the repository is renamed or moved.</summary>
    public required long Id { get; init; }

    /// <summary>The id that GraphQL knows it by.</summary>
    public string? NodeId { get; init; }

    /// <summary>Owner and name with a slash between.</summary>
    public required string FullName { get; init; }

    /// <summary>The branch that is shown first. An empty repository usually has one too, though it has no commit.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Whether the repository is read-only.</summary>
    [JsonPropertyName("archived")]
    public bool IsArchived { get; init; }

    /// <summary>Whether only members see it.</summary>
    [JsonPropertyName("private")]
    public bool IsPrivate { get; init; }

    /// <summary>When it was last pushed to; <see langword="null"/> when never.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>Its page.</summary>
    public Uri? HtmlUrl { get; init; }

    /// <summary>The reference to pass to other operations.</summary>
    [JsonIgnore]
    public RepositoryRef Reference => new(FullName);

    /// <summary>What a read without a ref asks for: the default branch, or the head where GitHub names no usable one.</summary>
    internal string DefaultRef => DefaultBranch is { } branch && GitRefName.IsValid(branch) ? branch : "HEAD";
}
