using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Asks after a device flow at GitHub's pace, until the user has decided or the code ends.</summary>
/// <param name="ask">Asks once.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class DeviceWait(Func<CancellationToken, Task<GitHubUserToken>> ask, TimeProvider timeProvider)
{
    // Each slow_down adds as much to the interval (RFC 8628 §3.5).
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    public async Task<GitHubUserToken> RunAsync(GitHubDeviceCode code, CancellationToken cancellationToken)
    {
        var interval = Longer(code.Interval, ShortestPause);
        ScmException? trouble = null;
        for (var pause = interval; await PauseAsync(pause, code.ExpiresAt, cancellationToken).ConfigureAwait(false);)
        {
            try
            {
                return await ask(cancellationToken).ConfigureAwait(false);
            }
            catch (ScmException answer) when (GoesOn(answer))
            {
                var asked = answer.RetryAt - timeProvider.GetUtcNow() ?? TimeSpan.Zero;
                interval = IsSlowDown(answer) ? Longer(interval + Step, asked) : interval;
                pause = Longer(interval, asked);
                trouble = answer.Reason is ErrorReason.NotReady || IsSlowDown(answer) ? null : answer;
            }
            catch (ScmException answer) when (trouble is not null)
            {
                // A token whose answer was lost on the way looks like a code that was never good; the loss says why.
                throw ScmException.From(answer.Error, trouble);
            }
        }

        throw Expired(trouble);
    }

    /// <summary>Whether the next question may have another answer: the user has not decided, or it is passing trouble.</summary>
    private static bool GoesOn(ScmException answer) => answer.IsTransient || answer is ScmAmbiguousWriteException;

    private static bool IsSlowDown(ScmException answer) => answer.Error.ServiceCode is UserTokenErrorTable.SlowDown && answer.Reason is ErrorReason.SecondaryRateLimit;

    /// <summary>Waits, and says whether the code is still good.</summary>
    private async Task<bool> PauseAsync(TimeSpan pause, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var left = end - timeProvider.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(pause < left ? pause : left, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return pause < left;
    }

    private static ScmException Expired(ScmException? trouble) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Gone,
            Origin = ErrorOrigin.Client,
            CredentialOwner = CredentialOwner.Customer,
            Message = trouble is null
                ? "The device code has ended before the user entered it. Begin again with a new one."
                : $"The device code has ended, and when it was last asked after, that failed: {trouble.Message}",
        },
        trouble);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
