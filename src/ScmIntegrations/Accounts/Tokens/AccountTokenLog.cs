using Microsoft.Extensions.Logging;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>What is told of the renewal of accounts' tokens.</summary>
internal sealed partial class AccountTokenLog(ILogger logger)
{
    [LoggerMessage(EventId = 1601, Level = LogLevel.Warning,
        Message = "The token of account {Account} could not be renewed ahead of its end ({Reason}); it serves until then.")]
    public partial void RenewalFailed(AccountIdentity account, string reason, Exception exception);

    [LoggerMessage(EventId = 1602, Level = LogLevel.Error,
        Message = "The new token of account {Account} could not be stored. This process keeps it, uses it, and tries again; until then it is lost with the process.")]
    public partial void NotSaved(AccountIdentity account, Exception exception);

    [LoggerMessage(EventId = 1603, Level = LogLevel.Information,
        Message = "The refresh token of account {Account} was refused. The account is kept, and its user has to connect it again.")]
    public partial void ReconnectNeeded(AccountIdentity account);

    [LoggerMessage(EventId = 1604, Level = LogLevel.Debug, Message = "The lock {Lock} could not be given back; its lease runs out.")]
    public partial void LockNotReleased(string @lock, Exception exception);

    [LoggerMessage(EventId = 1605, Level = LogLevel.Warning, Message = "The store could not say whether account {Account} has changed; its present token serves on.")]
    public partial void LookFailed(AccountIdentity account, Exception exception);
}
