using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>Why there is no token of an account. Trouble on the way is never told as a bad credential.</summary>
internal static class AccountTokenErrors
{
    /// <summary>The user has to connect the account.</summary>
    public static ScmException Reconnect(AccountIdentity identity, string why, Exception? cause = null) =>
        Make(ErrorReason.ReconnectRequired, CredentialOwner.Customer, $"Not sent: {why}. The user has to connect the account {identity}.", cause);

    /// <summary>The credential is of a kind that cannot be sent to GitHub.</summary>
    public static ScmException NoToken(AccountIdentity identity, string why, Exception? cause = null) =>
        Make(ErrorReason.CredentialMissing, CredentialOwner.Operator, $"Not sent: the credential of the account {identity} {why}.", cause);

    /// <summary>Another instance holds the lock, and has brought no token.</summary>
    public static ScmException LockHeld(AccountIdentity identity, TimeSpan waited) =>
        Make(ErrorReason.Timeout, CredentialOwner.Operator, $"Not sent: another instance has been refreshing the token of the account {identity} for {waited.TotalSeconds:0} s. Its lock heals by itself; try again later.", null);

    /// <summary>The lock does not answer, and a refresh token that works once is not sent without it.</summary>
    public static ScmException LockUnreachable(AccountIdentity identity, Exception cause) =>
        Make(ErrorReason.Transport, CredentialOwner.Operator, $"Not sent: the lock under which the token of the account {identity} is refreshed cannot be reached.", cause);

    /// <summary>The refresh took too long, and nobody knows what became of it.</summary>
    public static ScmException Late(AccountIdentity identity, TimeSpan limit, Exception cause) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Timeout,
            Origin = ErrorOrigin.Transport,
            CredentialOwner = CredentialOwner.Operator,
            IsFateUnknown = true,
            Message = $"The refresh of the token of the account {identity} was given up after {limit.TotalSeconds:0} s; nobody knows whether it was carried out.",
        },
        cause);

    private static ScmException Make(ErrorReason reason, CredentialOwner owner, string message, Exception? cause) =>
        ScmException.From(new ScmError { Reason = reason, Origin = ErrorOrigin.Client, CredentialOwner = owner, Message = message }, cause);
}
