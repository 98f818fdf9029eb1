namespace ScmIntegrations.GitHub.Authentication;

/// <summary>GitHub's answer to a mint: <c>POST /app/installations/{id}/access_tokens</c>. A class, because a record would print the token.</summary>
internal sealed class InstallationTokenWire
{
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
