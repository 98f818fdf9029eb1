using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub;

/// <summary>An installation of a GitHub App.</summary>
public sealed record GitHubInstallation
{
    /// <summary>GitHub's id.</summary>
    public required long Id { get; init; }

    /// <summary>The account the App is installed on.</summary>
    public GitHubAccount? Account { get; init; }

    /// <summary><c>Organization</c> or <c>User</c>.</summary>
    public string? TargetType { get; init; }

    /// <summary>Its settings page, where permissions are granted.</summary>
    public Uri? HtmlUrl { get; init; }

    /// <summary>
    /// The page on which the permissions are granted that it lacks, in the form of its kind of account, or the page that GitHub names; the list of
    /// installations where neither is known. <see langword="null"/> when this library did not read the installation.
    /// </summary>
    [JsonIgnore]
    public Uri? PermissionsUrl { get; init; }

    /// <summary>The installation's own page, where repositories are selected and a suspension is lifted; as <see cref="PermissionsUrl"/> else.</summary>
    [JsonIgnore]
    public Uri? SettingsUrl { get; init; }

    /// <summary><c>all</c> or <c>selected</c>.</summary>
    public string? RepositorySelection { get; init; }

    /// <summary>The permissions granted, by name, for example <c>contents</c> → <c>read</c>.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Since when it is suspended; <see langword="null"/> when it is not, and 1 January 1970 when the time could not be read.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }
}

/// <summary>A user or an organisation.</summary>
public sealed record GitHubAccount
{
    /// <summary>GitHub's id.</summary>
    public required long Id { get; init; }

    /// <summary>The name in addresses.</summary>
    public required string Login { get; init; }

    /// <summary><c>Organization</c> or <c>User</c>.</summary>
    public string? Type { get; init; }
}
