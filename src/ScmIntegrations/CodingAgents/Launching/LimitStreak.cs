using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>
/// Tells a limit of one repository's launch from one of the whole batch: after so many launches in a row that met a limit, the rest are not sent,
/// so that a batch does not go on where the server has asked for a pause. Safe for concurrent use.
/// </summary>
internal sealed class LimitStreak
{
    private const int MaxInARow = 5;

    private readonly Lock _gate = new();
    private int _inARow;
    private CodingAgentLaunchFailure? _last;

    /// <summary>The failure of a launch that is not sent any more; <see langword="null"/> while launches are sent.</summary>
    public CodingAgentLaunchFailure? Refuse(CodingAgentTarget target)
    {
        lock (_gate)
        {
            return _inARow < MaxInARow ? null : new(
                LaunchFailureType.RateLimited,
                $"Not sent: the {MaxInARow} launches before it met a rate limit. Send the batch again with its key when the limit has passed.")
            {
                Reason = ErrorReason.SecondaryRateLimit,
                InstallationId = target.InstallationId,
                RetryAt = _last?.RetryAt,
            };
        }
    }

    /// <summary>Notes what became of a launch that was sent.</summary>
    public void Note(CodingAgentLaunch launch)
    {
        lock (_gate)
        {
            var isLimited = launch.Failure is { Type: LaunchFailureType.RateLimited };
            _inARow = isLimited ? _inARow + 1 : 0;
            _last = isLimited ? launch.Failure : null;
        }
    }
}
