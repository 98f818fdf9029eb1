namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one tool gateway's client further.</summary>
public interface IToolGatewayBuilder : IScmIntegrationsBuilder
{
    /// <summary>The key under which the client is registered.</summary>
    string Name { get; }

    /// <summary>
    /// The client's own <see cref="HttpClient"/>, for calls and for tokens. A handler added here stands closest to the wire: it sees every
    /// attempt, and it sees the credentials.
    /// </summary>
    IHttpClientBuilder HttpClient { get; }
}
