namespace AgentDesk;

/// <summary>What the application needs to know of GitHub and Cursor. A real one reads it from its configuration and its users' accounts.</summary>
internal sealed record DeskConnection
{
    /// <summary>The address of GitHub's API.</summary>
    public required Uri GitHubAddress { get; init; }

    /// <summary>The user's token: Copilot is launched in a user's name, never in an App's.</summary>
    public required string UserToken { get; init; }

    /// <summary>The GitHub App's client id. The App tells which installation covers a repository, and what was granted to it.</summary>
    public required string AppClientId { get; init; }

    /// <summary>The GitHub App's private key.</summary>
    public required string AppPrivateKeyPem { get; init; }

    /// <summary>The address of Cursor's API.</summary>
    public required Uri CursorAddress { get; init; }

    /// <summary>The key for it.</summary>
    public required string CursorKey { get; init; }

    /// <summary>Says nothing of the secrets.</summary>
    public override string ToString() => $"GitHub at {GitHubAddress}, Cursor at {CursorAddress}";
}
