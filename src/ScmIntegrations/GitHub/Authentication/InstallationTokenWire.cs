namespace ScmIntegrations.GitHub.Authentication;

/// <summary>GitHub's answer to a mint: <c>POST /app/installations/{id}/access_tokens</c>.</summary>
internal sealed record InstallationTokenWire
{
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
