namespace ScmIntegrations.GitHub;

/// <summary>Gives clients by the name they were registered under.</summary>
public interface IGitHubIntegrationClientFactory
{
    /// <summary>The client of a name.</summary>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default one.</param>
    /// <returns>The same instance each time.</returns>
    /// <exception cref="InvalidOperationException">No client is registered under the name.</exception>
    IGitHubIntegrationClient GetClient(string name = "");

    /// <summary>
    /// A handler that gives another client's requests the same treatment: credential, guard, gate, retry, one interaction a
    /// request. It returns the final response, whatever its status, with the body in memory; it throws a
    /// <see cref="Errors.ScmException"/> only where there is no response. A request that is sent while an interaction is open joins it.
    /// </summary>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default one.</param>
    /// <returns>A new handler over the client's line. It takes requests to the client's origin alone.</returns>
    /// <exception cref="InvalidOperationException">No client is registered under the name.</exception>
    HttpMessageHandler CreateHandler(string name = "");
}
