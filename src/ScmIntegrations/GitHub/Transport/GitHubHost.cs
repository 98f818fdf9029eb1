using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>
/// The addresses of one GitHub: github.com (<c>https://api.github.com</c>), data residency
/// (<c>https://api.SUBDOMAIN.ghe.com</c>) or an Enterprise Server (<c>https://HOST/api/v3</c>).
/// </summary>
internal sealed class GitHubHost
{
    private readonly string _apiAddress;

    /// <summary>Takes the API's address as it is given; only a missing final slash is added.</summary>
    /// <param name="apiAddress">The API's address.</param>
    /// <param name="webAddress">Where its pages are, for a host that only has a part of the API; <see langword="null"/> to derive it.</param>
    public GitHubHost(Uri apiAddress, Uri? webAddress = null)
    {
        ApiAddress = apiAddress.AbsolutePath.EndsWith('/') ? apiAddress : new UriBuilder(apiAddress) { Path = apiAddress.AbsolutePath + "/" }.Uri;
        _apiAddress = ApiAddress.AbsoluteUri;
        WebAddress = webAddress is not null ? webAddress
            : ApiAddress.IsLoopback ? new Uri("https://github.com/")
            : IsGitHubs && ApiAddress.IdnHost.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? new UriBuilder(ApiAddress) { Host = ApiAddress.IdnHost[4..], Path = "/" }.Uri
            : new Uri(ApiAddress, "/");
    }

    /// <summary>The API's address, ending in a slash.</summary>
    public Uri ApiAddress { get; }

    /// <summary>
    /// Where GraphQL is asked: beside the REST API on github.com and its data residency, and at <c>/api/graphql</c> of an
    /// Enterprise Server (docs.github.com, "Forming calls with GraphQL").
    /// </summary>
    public Uri GraphQLAddress =>
        ApiAddress.AbsolutePath.EndsWith("/api/v3/", StringComparison.OrdinalIgnoreCase) ? new Uri(ApiAddress, "../graphql") : new Uri(ApiAddress, "graphql");

    /// <summary>Where people go with a browser. A GitHub on this machine plays github.com.</summary>
    public Uri WebAddress { get; }

    /// <summary>Whether it is github.com or a tenant of its data residency, and not an Enterprise Server somewhere.</summary>
    public bool IsGitHubs => ApiAddress.IdnHost is "api.github.com" || ApiAddress.IdnHost.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether people can be sent to a page that an answer names: https, and on the web address of this GitHub, so that an
    /// answer cannot lead them elsewhere.
    /// </summary>
    public bool IsPage(Uri page) => page is { IsAbsoluteUri: true, Scheme: "https", UserInfo: "" } && page.IsSameOrigin(WebAddress);

    /// <summary>Whether a page is GitHub's documentation, or stands on the web address of this GitHub.</summary>
    public bool IsDocumentation(Uri page) =>
        (page is { IsAbsoluteUri: true, Scheme: "https", UserInfo: "", IsDefaultPort: true } && page.IdnHost.EndsWith(".github.com", StringComparison.OrdinalIgnoreCase))
        || IsPage(page);

    /// <summary>Path and query of an address, without the prefix of the API where it has one.</summary>
    public string PathBelowApi(Uri address)
    {
        var (path, prefix) = (address.PathAndQuery, ApiAddress.AbsolutePath);
        return path.StartsWith(prefix, StringComparison.Ordinal) ? path[(prefix.Length - 1)..] : path;
    }

    /// <summary>The complete address of a request.</summary>
    /// <remarks>Put behind the address as text: whatever the path is, it cannot name another host.</remarks>
    public Uri Resolve(GitHubRequest request) => request.Address ?? new Uri(string.Concat(_apiAddress, request.PathAndQuery.AsSpan(1)));
}
