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
        var descriptor = new InteractionDescriptor(operation, "github") { Client = label, LogSampleRate = logSampleRate };
        return interactions.RunAsync(descriptor, _ => CallAsync(call, cancellationToken), cancellationToken);
    }

    public Task RunAsync(string operation, Func<IGitHubClient, Task> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RunAsync(
            operation,
            async octokit =>
            {
                await call(octokit).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    private async Task<T> CallAsync<T>(Func<IGitHubClient, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var outer = calls.Run is { } around ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, around.CancellationToken) : null;
        var run = calls.BeginRun(outer?.Token ?? cancellationToken);
        try
        {
            return await call(octokit).ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            throw ApiExceptionExtensions.Translate(exception, run);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested && cancelled.CancellationToken != cancellationToken)
        {
            // The token of a run within another is a linked one; the caller looks for its own.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
    }
}
