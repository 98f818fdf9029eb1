namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one coding agent's client further.</summary>
public interface ICodingAgentBuilder : IScmIntegrationsBuilder
{
    /// <summary>The key under which the client is registered.</summary>
    string Name { get; }

    /// <summary>
    /// The client's own <see cref="HttpClient"/>. A handler added here stands closest to the wire: it sees every attempt,
    /// and it sees the credential.
    /// </summary>
    IHttpClientBuilder HttpClient { get; }
}
