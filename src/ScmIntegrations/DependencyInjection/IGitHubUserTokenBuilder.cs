namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one client of GitHub's token endpoints further.</summary>
public interface IGitHubUserTokenBuilder : IScmIntegrationsBuilder
{
    /// <summary>The name of the client; empty for the default one.</summary>
    string Name { get; }

    /// <summary>
    /// The client's own <see cref="HttpClient"/>. A handler added here stands closest to the wire: it sees every attempt, and in
    /// its body the App's secret and the users' tokens.
    /// </summary>
    IHttpClientBuilder HttpClient { get; }
}
