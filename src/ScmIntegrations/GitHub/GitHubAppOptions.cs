using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.GitHub;

/// <summary>A GitHub App, and the installation of it that is spoken for.</summary>
public sealed class GitHubAppOptions
{
    /// <summary>The App's client id; its app id on Enterprise Server before 3.14.</summary>
    public required string ClientId { get; init; }

    /// <summary>Signs with the App's private key.</summary>
    public required IAppJwtSigner Signer { get; init; }

    /// <summary>The installation that is spoken for, above 0; <see langword="null"/> when the App speaks for itself.</summary>
    public long? InstallationId { get; init; }
}
