namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one GitHub client further.</summary>
public interface IGitHubIntegrationBuilder : IScmIntegrationsBuilder
{
    /// <summary>The name of the client; empty for the default one.</summary>
    string Name { get; }

    /// <summary>
    /// The client's own <see cref="HttpClient"/>, which the clients of its App's installations use as well. A handler added here stands closest
    /// to the wire: it sees every attempt, and it sees the credential. The order is credential, guard of the origin, handlers added here in the
    /// order in which they were added, socket; a primary handler of your own takes the socket's place.
    /// </summary>
    IHttpClientBuilder HttpClient { get; }
}
