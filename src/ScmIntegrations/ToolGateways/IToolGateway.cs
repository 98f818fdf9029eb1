using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// A platform that executes tools on behalf of users, with the accounts that they have connected there. What a provider behind it
/// refuses is told apart from what the gateway itself refuses: <see cref="IProviderError"/>. Safe for concurrent use.
/// </summary>
public interface IToolGateway
{
    /// <summary>The name under which it is registered.</summary>
    string Name { get; }

    /// <summary>The accounts that are connected at this gateway.</summary>
    IConnectedAccounts Accounts { get; }

    /// <summary>
    /// Executes a tool, once: it is never sent a second time, save where it is certain that the first was not carried out (no connection was
    /// made, or the gateway refused the service's own token).
    /// </summary>
    /// <param name="call">Which tool, with what, and on whose behalf.</param>
    /// <param name="cancellationToken">Cancels the call. The tool may have been executed by then.</param>
    /// <returns>What the tool gave.</returns>
    /// <exception cref="ArgumentException">The call names no account; nothing was sent.</exception>
    /// <exception cref="ScmException">The gateway refused or failed; an <see cref="IProviderError"/> when the provider behind it did.</exception>
    /// <exception cref="ScmAmbiguousWriteException">It was sent, and nobody knows whether it was carried out.</exception>
    /// <exception cref="ScmUnreadableResponseException">It was carried out, and the answer cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ToolResult> ExecuteToolAsync(ToolCall call, CancellationToken cancellationToken = default);

    /// <summary>Makes a link by which the user of an account authorises the connection: for one that waits for it, or has to be connected again.</summary>
    /// <param name="account">Which account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The link, to be shown to its user alone.</returns>
    /// <exception cref="ScmNotFoundException">There is no such account.</exception>
    /// <exception cref="ScmException">The gateway refused or failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<AuthorizationLink> CreateAuthorizationLinkAsync(AccountIdentity account, CancellationToken cancellationToken = default);
}
