namespace AgentDesk.Api;

/// <summary>What the page offers to choose from.</summary>
internal sealed record RepositoriesAnswer(IReadOnlyList<AgentAnswer> Agents, IReadOnlyList<OwnerAnswer> Owners);

/// <summary>An agent.</summary>
internal sealed record AgentAnswer(string Name, string Title);

/// <summary>An organisation or a user with its repositories.</summary>
internal sealed record OwnerAnswer(string Login, IReadOnlyList<string> Repositories)
{
    /// <summary><c>Organization</c> or <c>User</c>; absent where the App is not installed.</summary>
    public string? Type { get; init; }

    /// <summary>The App's installation; absent where it is not installed.</summary>
    public long? InstallationId { get; init; }
}
