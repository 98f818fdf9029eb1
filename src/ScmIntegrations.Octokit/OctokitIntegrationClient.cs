using Octokit;
using ScmIntegrations.Interactions;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit;

/// <summary>Runs Octokit's calls as interactions, and says their errors in this library's words.</summary>
/// <param name="octokit">Octokit on the client's line.</param>
/// <param name="label">The client's name in telemetry.</param>
/// <param name="logSampleRate">The share of endings that are logged.</param>
/// <param name="calls">Which run the running code belongs to.</param>
/// <param name="interactions">Runs interactions.</param>
internal sealed class OctokitIntegrationClient(IGitHubClient octokit, string label, double logSampleRate, OctokitCalls calls, IInteractions interactions) : IOctokitIntegrationClient
{
    public IGitHubClient Octokit => octokit;

    public Task<T> RunAsync<T>(string operation, Func<IGitHubClient, Task<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RunAsync(new InteractionDescriptor(operation, "github") { Client = label, LogSampleRate = logSampleRate }, call, cancellationToken);
    }

    public Task RunAsync(string operation, Func<IGitHubClient, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RunAsync(
            operation,
            async octokit =>
            {
                await Begun(call(octokit)).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    private async Task<T> RunAsync<T>(InteractionDescriptor descriptor, Func<IGitHubClient, Task<T>> call, CancellationToken cancellationToken)
    {
        // A run within a run ends with that one as well.
        using var linked = calls.Run is { } outer ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outer.CancellationToken) : null;
        var token = linked?.Token ?? cancellationToken;
        try
        {
            return await interactions.RunAsync(descriptor, _ => CallAsync(call, token), token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested && cancelled.CancellationToken != cancellationToken)
        {
            // The caller looks for its own token.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
    }

    private async Task<T> CallAsync<T>(Func<IGitHubClient, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = calls.BeginRun(cancellationToken);
        try
        {
            return await Begun(call(octokit)).ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            throw ApiExceptionExtensions.Translate(exception, run);
        }
    }

    private static TTask Begun<TTask>(TTask? task)
        where TTask : Task => task ?? throw new InvalidOperationException("The call gave no task to wait for.");
}
