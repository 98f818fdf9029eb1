using System.Diagnostics;
using System.Text.Json.Serialization;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>The App that asks users for their tokens, and where. Read once, when the client is made.</summary>
public sealed class GitHubUserTokenOptions
{
    /// <summary>The client id of the GitHub App or OAuth App. It has to be set.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>
    /// The App's client secret; <see langword="null"/> where only the device flow is used, which needs none, and neither do
    /// refreshes of tokens that came from it.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; set; }

    /// <summary>The address of the API, which says where the pages are.</summary>
    /// <value>
    /// <c>https://api.github.com</c> by default. Data residency: <c>https://api.SUBDOMAIN.ghe.com</c>. Enterprise Server:
    /// <c>https://HOST/api/v3</c>. Plain http for loopback only.
    /// </value>
    public Uri ApiAddress { get; set; } = new("https://api.github.com/");

    /// <summary>
    /// Where the pages are, <c>/login</c> among them; secrets and tokens go to this origin alone. Needed for a server on this
    /// machine, such as a fake.
    /// </summary>
    /// <value><see langword="null"/> by default: it follows from <see cref="ApiAddress"/>. Plain http for loopback only.</value>
    public Uri? WebAddress { get; set; }

    /// <summary>The <c>User-Agent</c>; GitHub asks for the name of the App or user.</summary>
    /// <value><c>ScmIntegrations</c> by default.</value>
    public string UserAgent { get; set; } = "ScmIntegrations";

    /// <summary>Deadline, attempts and circuit of each request. A wait for a user in the device flow is none: it ends with the code.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>The most bytes of an answer, decompressed.</summary>
    /// <value>1,048,576 (1 MiB) by default; at least 1,024.</value>
    public long MaxResponseBytes { get; set; } = 1024 * 1024;
}
