using System.Collections.ObjectModel;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>A GitHub App as it is registered: <c>GET /app</c>.</summary>
public sealed record GitHubAppRegistration
{
    /// <summary>GitHub's id.</summary>
    public required long Id { get; init; }

    /// <summary>The name in addresses; <see langword="null"/> where the server does not give one.</summary>
    public string? Slug { get; init; }

    /// <summary>The name as people see it.</summary>
    public string? Name { get; init; }

    /// <summary>The client id; <see langword="null"/> on Enterprise Server before 3.14.</summary>
    public string? ClientId { get; init; }

    /// <summary>Its page.</summary>
    public Uri? HtmlUrl { get; init; }

    /// <summary>Whose App it is: an organisation's, a user's or an enterprise's.</summary>
    public GitHubAccount? Owner { get; init; }

    // Where the body has none of the two, the generated reader sets null past the initializer.

    /// <summary>The permissions that the App wants, by name, for example <c>contents</c> → <c>write</c>. An installation may have granted less.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The webhook events that the App wants.</summary>
    public IReadOnlyList<string> Events { get; init => field = value ?? []; } = [];

    /// <summary>How many installations GitHub counts; <see langword="null"/> where the server does not say.</summary>
    public int? InstallationsCount { get; init; }
}
