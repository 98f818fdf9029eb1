using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Notes when a credential last served and when it was last refused.</summary>
internal sealed class CredentialRecord(TimeProvider timeProvider)
{
    private static readonly ErrorReason[] Refusals =
    [
        ErrorReason.BadCredentials,
        ErrorReason.CredentialMissing,
        ErrorReason.CredentialUnreadable,
        ErrorReason.InvalidAppKey,
        ErrorReason.InstallationGone,
        ErrorReason.InstallationSuspended,
        ErrorReason.LoginLockedOut,
        ErrorReason.ReconnectRequired,
        ErrorReason.TokenLifetimePolicy,
        ErrorReason.UserSuspended,
    ];

    private long _acceptedAt;
    private Refusal? _refusal;

    /// <summary>When it last served; <see langword="null"/> when it has not yet.</summary>
    public DateTimeOffset? AcceptedAt => Volatile.Read(ref _acceptedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>When and why it was last refused; <see langword="null"/> when it has not been.</summary>
    public Refusal? LastRefusal => Volatile.Read(ref _refusal);

    /// <summary>Notes that a call was done with it.</summary>
    public void Accept() => Volatile.Write(ref _acceptedAt, timeProvider.GetUtcNow().UtcTicks);

    /// <summary>Notes why a call was not done, as far as it was the credential.</summary>
    public void Note(ScmException error)
    {
        if (Array.IndexOf(Refusals, error.Reason) >= 0)
        {
            Volatile.Write(ref _refusal, new(timeProvider.GetUtcNow(), error.Reason));
        }
    }

    /// <summary>A refusal.</summary>
    internal sealed record Refusal(DateTimeOffset At, ErrorReason Reason);
}
