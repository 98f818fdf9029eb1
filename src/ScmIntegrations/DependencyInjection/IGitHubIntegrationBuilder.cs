namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one GitHub client further.</summary>
public interface IGitHubIntegrationBuilder : IScmIntegrationsBuilder
{
    /// <summary>The name of the client; empty for the default one.</summary>
    string Name { get; }

    /// <summary>
    /// The client's own <see cref="HttpClient"/>. A handler added here stands closest to the wire: it sees every attempt,
    /// and it sees the credential.
    /// </summary>
    IHttpClientBuilder HttpClient { get; }
}
