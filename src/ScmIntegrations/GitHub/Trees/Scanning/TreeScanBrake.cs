using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Trees.Scanning;

/// <summary>
/// Decides when a scan stops asking and reads the cache only: a limit, a refused credential, an open circuit, too few
/// requests left, or too many repositories that failed on the connection.
/// </summary>
internal sealed class TreeScanBrake(GitHubConnection connection)
{
    private ScmException? _reason;
    private int _connectionErrors;

    /// <summary>Whether the connection failed: nobody answered, too late, or the server broke. Never an empty repository, another 4xx or a limit.</summary>
    public static bool IsConnectionError(ScmException? error) =>
        error?.Reason is ErrorReason.Transport or ErrorReason.Timeout or ErrorReason.ServerError;

    /// <summary>Whether a repository was asked and failed in a way that can be over by the end of the scan.</summary>
    public static bool FailedInPassing(TreeScanResult result) =>
        result is { Outcome: not null, Error: { IsTransient: true } error } && !StopsScan(error.Reason);

    /// <summary>Whether another scan has nothing more to learn of a repository: it was answered for, and not in passing.</summary>
    public static bool IsSettled(TreeScanResult result) =>
        result.Error is null || (!result.Error.IsTransient && !IsLocalRefusal(result.Error));

    /// <summary>Whether GitHub was not asked at all: a gate, a circuit or a missing credential stood before it.</summary>
    public static bool IsLocalRefusal(ScmException error) =>
        error.Origin is ErrorOrigin.Client && StopsScan(error.Reason);

    /// <summary>Why nothing more is asked; <see langword="null"/> while the scan may ask.</summary>
    public ScmException? Reason() => Volatile.Read(ref _reason) ?? connection.HeldBack() ?? connection.ReserveReached();

    /// <summary>Takes an error in.</summary>
    public void Note(ScmException error)
    {
        var stops = StopsScan(error.Reason)
            || (IsConnectionError(error) && Interlocked.Increment(ref _connectionErrors) >= connection.Options.Trees.MaxConnectionErrors);
        if (stops)
        {
            Interlocked.CompareExchange(ref _reason, NotAsked(error.Error, $"the scan has stopped asking after: {error.Message}"), null);
        }
    }

    /// <summary>
    /// Whether a repository that failed in passing may be asked once more: it draws on the same retry budget, and a server
    /// that said when to come back is not asked before.
    /// </summary>
    public bool MayTryAgain(ScmException failed) => failed.RetryAt is null && Reason() is null && !connection.Calls.IsCircuitOpen && connection.Calls.TryTakeRetry();

    /// <summary>What would meet the next repository just the same.</summary>
    private static bool StopsScan(ErrorReason reason) => reason
        is ErrorReason.PrimaryRateLimit
        or ErrorReason.SecondaryRateLimit
        or ErrorReason.BadCredentials
        or ErrorReason.CredentialMissing
        or ErrorReason.InvalidAppKey
        or ErrorReason.InstallationSuspended
        or ErrorReason.InstallationGone
        or ErrorReason.UserSuspended
        or ErrorReason.LoginLockedOut
        or ErrorReason.ReconnectRequired
        or ErrorReason.CircuitOpen;

    private static ScmException NotAsked(ScmError error, string why) =>
        ScmException.From(error with { Origin = ErrorOrigin.Client, Status = null, RequestId = null, Message = "Not asked: " + why });
}
