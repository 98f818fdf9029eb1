using Octokit;
using Octokit.Caching;
using Octokit.Internal;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>Octokit's connection over a client's line. What would get round the line cannot be set.</summary>
internal sealed class OctokitConnection : Connection, IConnection
{
    // Octokit wants one; the line sends the client's own.
    private static readonly ProductHeaderValue Product = new("ScmIntegrations.Octokit");

    public OctokitConnection(Uri apiAddress, IHttpClient httpClient, IJsonSerializer serializer)
        : base(Product, apiAddress, new InMemoryCredentialStore(Credentials.Anonymous), httpClient, serializer)
    {
    }

    Credentials IConnection.Credentials
    {
        get => Credentials;
        set => throw new NotSupportedException("The client that this Octokit belongs to brings its credential to every request. Register a client with the other credential (AddGitHub), and AddOctokit for it.");
    }

    IResponseCache IConnection.ResponseCache
    {
        set => throw new NotSupportedException("Octokit's response cache answers with limits of an earlier day and asks once for every caller. Keep what you have read in a cache of yours, such as HybridCache, around the call.");
    }
}
