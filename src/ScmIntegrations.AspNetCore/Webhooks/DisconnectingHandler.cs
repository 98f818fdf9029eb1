using ScmIntegrations.Accounts;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Disconnects the accounts of a user who has taken the authorisation back. Which they are, the application says.</summary>
internal sealed class DisconnectingHandler(
    IServiceProvider services,
    IConnectedAccounts accounts,
    Func<IServiceProvider, GitHubAppAuthorizationEvent, CancellationToken, Task<IEnumerable<AccountIdentity>>> identities) : IGitHubWebhookHandler
{
    public async Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default)
    {
        if (webhook is not GitHubAppAuthorizationEvent { IsRevoked: true } revoked)
        {
            return;
        }

        foreach (var identity in await identities(services, revoked, cancellationToken).ConfigureAwait(false))
        {
            await accounts.DisconnectAsync(identity, cancellationToken).ConfigureAwait(false);
        }
    }
}
