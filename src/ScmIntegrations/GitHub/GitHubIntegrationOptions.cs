using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub;

/// <summary>The options of one GitHub client. Read once, when the client is made.</summary>
public sealed class GitHubIntegrationOptions
{
    /// <summary>The address of the API; the credential goes to this origin alone.</summary>
    /// <value>
    /// <c>https://api.github.com</c> by default. Data residency: <c>https://api.SUBDOMAIN.ghe.com</c>. Enterprise Server:
    /// <c>https://HOST/api/v3</c>. Plain http for loopback only.
    /// </value>
    public Uri ApiAddress { get; set; } = new("https://api.github.com/");

    /// <summary>The REST API version sent as <c>X-GitHub-Api-Version</c>.</summary>
    /// <value><c>2022-11-28</c> by default.</value>
    public string ApiVersion { get; set; } = "2022-11-28";

    /// <summary>The <c>User-Agent</c>; GitHub refuses requests without one, and asks for the name of the App or user.</summary>
    /// <value><c>ScmIntegrations</c> by default.</value>
    public string UserAgent { get; set; } = "ScmIntegrations";

    /// <summary>The credential. Set it with one of the <c>Use</c> methods, or give your own.</summary>
    public IGitHubCredential? Credential { get; set; }

    /// <summary>The App that speaks, for an installation or for itself. Set it with <see cref="UseInstallation(string, string, long)"/> or <see cref="UseApp(string, string)"/>.</summary>
    public GitHubAppOptions? App { get; set; }

    /// <summary>The credential that a section of configuration gave, before it is made.</summary>
    internal ConfiguredCredential Configured { get; } = new();

    /// <summary>Deadline, attempts and circuit.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>How the credential's limits are shared: concurrency, pace, and what background work leaves to others.</summary>
    public RateLimitOptions RateLimits { get; } = new();

    /// <summary>How trees are read, cached and scanned.</summary>
    public TreeOptions Trees { get; } = new();

    /// <summary>The share of this client's interactions that are logged. Metrics are never sampled.</summary>
    /// <value>1 (all) by default; from 0.</value>
    public double LogSampleRate { get; set; } = 1;

    /// <summary>The most bytes of a body, decompressed.</summary>
    /// <value>67,108,864 (64 MiB) by default; GitHub's largest tree answer is 7 MB. At least 1,024.</value>
    public long MaxResponseBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>GitHub's own limit: its API serves no file and no blob above 100 MB.</summary>
    internal const long GitHubBlobLimit = 100L * 1024 * 1024;

    /// <summary>The most bytes of a file or blob, in memory or streamed, decompressed. <see cref="MaxResponseBytes"/> does not apply to them.</summary>
    /// <value>104,857,600 (100 MB) by default, which is the largest that GitHub's API serves; from 1,024 to 1 GiB.</value>
    public long MaxBlobBytes { get; set; } = GitHubBlobLimit;

    /// <summary>The most bytes that are read of an error's body.</summary>
    /// <value>1,048,576 (1 MiB) by default; from 1,024 to 64 MiB.</value>
    public int MaxErrorBytes { get; set; } = 1024 * 1024;

    /// <summary>The deepest nesting of a JSON body.</summary>
    /// <value>64 levels by default; from 8 to 1,000.</value>
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>The most pages of one listing.</summary>
    /// <value>200 by default, which is 20,000 repositories; from 1 to 10,000.</value>
    public int MaxPages { get; set; } = 200;

    /// <summary>Entries asked for in a page.</summary>
    /// <value>100 by default, which is GitHub's maximum; from 1.</value>
    public int PageSize { get; set; } = 100;

    /// <summary>The most clients of installations known only at run time (<see cref="IGitHubIntegrationClientFactory.GetInstallationClient"/>) that are kept; beyond it the one unused for longest is put out.</summary>
    /// <value>1,000 by default; from 1 to 100,000.</value>
    public int MaxInstallationClients { get; set; } = 1000;

    /// <summary>The same options for an installation of the same App.</summary>
    internal GitHubIntegrationOptions For(GitHubAppOptions app, long installationId)
    {
        var options = (GitHubIntegrationOptions)MemberwiseClone();
        options.App = new GitHubAppOptions { ClientId = app.ClientId, Signer = app.Signer, InstallationId = installationId };
        return options;
    }

    /// <summary>Speaks with a token that is already there: a personal access token, or one that another system minted.</summary>
    /// <param name="token">The token.</param>
    /// <param name="owner">Whose it is. A token from the service's own configuration is the operator's.</param>
    /// <exception cref="ArgumentException">The token is empty or cannot stand in a header.</exception>
    public void UseToken(string token, CredentialOwner owner = CredentialOwner.Operator)
    {
        Credential = new TokenCredential(token, owner);
        App = null;
    }

    /// <summary>Speaks for an installation of a GitHub App.</summary>
    /// <param name="clientId">The App's client id; its app id on Enterprise Server before 3.14.</param>
    /// <param name="privateKeyPem">The App's private key as PEM text, PKCS#1 or PKCS#8.</param>
    /// <param name="installationId">The installation.</param>
    /// <exception cref="ScmUnauthorizedException">The key cannot be read (<see cref="ErrorReason.InvalidAppKey"/>).</exception>
    public void UseInstallation(string clientId, string privateKeyPem, long installationId) =>
        UseInstallation(clientId, RsaAppJwtSigner.FromPem(privateKeyPem), installationId);

    /// <summary>Speaks for an installation of a GitHub App whose key is held elsewhere.</summary>
    /// <param name="clientId">The App's client id; its app id on Enterprise Server before 3.14.</param>
    /// <param name="signer">Signs with the App's private key.</param>
    /// <param name="installationId">The installation.</param>
    public void UseInstallation(string clientId, IAppJwtSigner signer, long installationId)
    {
        App = new GitHubAppOptions { ClientId = clientId, Signer = signer, InstallationId = installationId };
        Credential = null;
    }

    /// <summary>
    /// Speaks as a GitHub App itself, for no installation: it sees its registration and where it is installed
    /// (<see cref="Apps.IGitHubAppClient"/>), and no repository.
    /// </summary>
    /// <param name="clientId">The App's client id; its app id on Enterprise Server before 3.14.</param>
    /// <param name="privateKeyPem">The App's private key as PEM text, PKCS#1 or PKCS#8.</param>
    /// <exception cref="ScmUnauthorizedException">The key cannot be read (<see cref="ErrorReason.InvalidAppKey"/>).</exception>
    public void UseApp(string clientId, string privateKeyPem) => UseApp(clientId, RsaAppJwtSigner.FromPem(privateKeyPem));

    /// <summary>Speaks as a GitHub App itself, whose key is held elsewhere.</summary>
    /// <param name="clientId">The App's client id; its app id on Enterprise Server before 3.14.</param>
    /// <param name="signer">Signs with the App's private key.</param>
    public void UseApp(string clientId, IAppJwtSigner signer)
    {
        App = new GitHubAppOptions { ClientId = clientId, Signer = signer };
        Credential = null;
    }
}
