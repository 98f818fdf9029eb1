using Octokit;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit;

/// <summary>
/// Octokit on a client's line. What <see cref="RunAsync{T}"/> runs is one interaction, can be cancelled, and fails with a
/// <see cref="ScmException"/>; <see cref="Octokit"/> by itself keeps Octokit's own manners on the same line.
/// </summary>
public interface IOctokitIntegrationClient
{
    /// <summary>
    /// Octokit's client. Each request that it sends outside of <see cref="RunAsync{T}"/> is an interaction of its own named <c>send_request</c>,
    /// and an answer with an error is Octokit's exception; <see cref="ApiExceptionExtensions.ToScmException"/> tells what it means.
    /// </summary>
    IGitHubClient Octokit { get; }

    /// <summary>Runs calls of Octokit's as one interaction.</summary>
    /// <typeparam name="T">What the calls give.</typeparam>
    /// <param name="operation">
    /// What is done, for example <c>list_issues</c>: the interaction's name and a telemetry tag, so from a closed set, 1 to 64 characters of
    /// a-z, 0-9, <c>_</c> and <c>.</c>.
    /// </param>
    /// <param name="call">
    /// Makes the calls, on the client that it is given. All of them, however many requests each takes, belong to the interaction.
    /// </param>
    /// <param name="cancellationToken">Ends the request under way, its body included, and sends no further one, although Octokit's methods take no token.</param>
    /// <returns>What <paramref name="call"/> gave.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="operation"/> cannot name an interaction, and nothing was started; or a text that Octokit was given, such as a name with a
    /// slash, would change the address that its method asks for, and that request was not sent.
    /// </exception>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>; nothing was started.</exception>
    /// <exception cref="ScmException">
    /// The call failed; the reason says how. Where Octokit threw an exception of its own, that is the <see cref="Exception.InnerException"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<T> RunAsync<T>(string operation, Func<IGitHubClient, Task<T>> call, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunAsync{T}"/>
    /// <returns>A task that ends with the calls.</returns>
    Task RunAsync(string operation, Func<IGitHubClient, Task> call, CancellationToken cancellationToken = default);
}
