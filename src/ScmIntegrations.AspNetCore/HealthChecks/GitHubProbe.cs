using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.AspNetCore.HealthChecks;

/// <summary>Asks GitHub now and then, once for all checks at a time. A check that is given up ends its own wait, and nobody else's.</summary>
internal sealed class GitHubProbe(IGitHubIntegrationClientFactory clients, string name, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private Task<ErrorReason?>? _last;
    private long _askedAt;

    /// <summary>Why GitHub could not be asked; <see langword="null"/> when it could.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<ErrorReason?> RunAsync(GitHubHealthCheckOptions options, CancellationToken cancellationToken)
    {
        Task<ErrorReason?> probe;
        lock (_gate)
        {
            if (_last is null || (_last.IsCompleted && timeProvider.GetElapsedTime(_askedAt) >= options.ProbeEvery))
            {
                _askedAt = timeProvider.GetTimestamp();
                _last = AskAsync(options.ProbeTimeout);
            }

            probe = _last;
        }

        return probe.WaitAsync(cancellationToken);
    }

    private async Task<ErrorReason?> AskAsync(TimeSpan timeout)
    {
        // Nothing of it runs under the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var late = new CancellationTokenSource(timeout, timeProvider);
        try
        {
            // A handler of the application need not look at its token.
            await clients.GetClient(name).GetRateLimitAsync(late.Token).WaitAsync(late.Token).ConfigureAwait(false);
            return null;
        }
        catch (ScmException refused)
        {
            return refused.Reason;
        }
        catch (OperationCanceledException)
        {
            return ErrorReason.Timeout;
        }
        catch (Exception)
        {
            // Whatever a handler of the application throws.
            return ErrorReason.Unknown;
        }
    }
}
