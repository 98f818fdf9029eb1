using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.GitHub;

/// <summary>Gives clients by the name they were registered under, and clients for installations that are known only at run time.</summary>
public interface IGitHubIntegrationClientFactory
{
    /// <summary>The client of a name.</summary>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default one.</param>
    /// <returns>The same instance each time.</returns>
    /// <exception cref="InvalidOperationException">No client is registered under the name.</exception>
    IGitHubIntegrationClient GetClient(string name = "");

    /// <summary>
    /// A client that speaks for an installation known only at run time, with the App and all other options of a registered client. It has a
    /// credential, limits and a circuit of its own, and shares the memory for cached trees with the other installations of that client; no
    /// installation sees another's entries.
    /// </summary>
    /// <param name="installationId">The installation, above 0.</param>
    /// <param name="name">The name given to <c>AddGitHub</c>, of a client that has an App (<c>UseApp</c>, <c>UseInstallation</c>); empty for the default one.</param>
    /// <returns>
    /// The same instance as long as it is among those used last (<see cref="GitHubIntegrationOptions.MaxInstallationClients"/>). One that was put out
    /// goes on working for whoever holds it. Ask for it where it is used, instead of keeping it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is below 1.</exception>
    /// <exception cref="InvalidOperationException">No client is registered under the name, or it has no App.</exception>
    IGitHubIntegrationClient GetInstallationClient(long installationId, string name = "");

    /// <summary>
    /// A handler that gives another client's requests the same treatment: credential, guard, gate, retry, one interaction a
    /// request. It returns the final response, whatever its status, with the body in memory; it throws a
    /// <see cref="Errors.ScmException"/> only where there is no response. A request that is sent while an interaction is open joins it.
    /// </summary>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default one.</param>
    /// <returns>A new handler over the client's line. It takes requests to the client's origin alone.</returns>
    /// <exception cref="InvalidOperationException">No client is registered under the name.</exception>
    HttpMessageHandler CreateHandler(string name = "");

    /// <summary>As <see cref="CreateHandler"/>, for an installation known only at run time.</summary>
    /// <param name="installationId">The installation, above 0.</param>
    /// <param name="name">The name given to <c>AddGitHub</c>, of a client that has an App; empty for the default one.</param>
    /// <returns>A new handler over the line of <see cref="GetInstallationClient"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is below 1.</exception>
    /// <exception cref="InvalidOperationException">No client is registered under the name, or it has no App.</exception>
    HttpMessageHandler CreateInstallationHandler(long installationId, string name = "");

    /// <summary>What a client has seen of GitHub of late: its circuit, its limits, whether its credential served. Nothing is asked.</summary>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default one.</param>
    /// <returns>The status at this moment. Of clients of installations known only at run time it says nothing.</returns>
    /// <exception cref="InvalidOperationException">No client is registered under the name.</exception>
    /// <exception cref="NotSupportedException">The factory is another than the library's, and cannot tell.</exception>
    GitHubClientStatus GetStatus(string name = "") => throw new NotSupportedException($"{GetType().Name} cannot tell the status of its clients.");

    /// <summary>
    /// Tells every client that was made here, named ones and those of installations, what has happened on GitHub, so that what it makes untrue is
    /// forgotten: <see cref="IGitHubIntegrationClient.InvalidateAsync"/> on each of them. A client that nobody has used yet is not made for it. One that
    /// fails does not keep the others from being told; what it threw is thrown in the end, and that of several as an <see cref="AggregateException"/>.
    /// </summary>
    /// <param name="webhook">The event, verified (<see cref="GitHubWebhookReceiver"/>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when all have forgotten.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="webhook"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    ValueTask InvalidateAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default);
}
