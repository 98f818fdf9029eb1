namespace ScmIntegrations.Testing;

/// <summary>A code of the web flow that has not been exchanged yet.</summary>
internal sealed record PendingCode(string Login, Uri? RedirectUri, string? CodeChallenge, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);
