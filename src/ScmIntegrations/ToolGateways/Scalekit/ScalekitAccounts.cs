using System.Text.Json;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>The accounts that are connected at Scalekit. Each operation is one interaction.</summary>
internal sealed class ScalekitAccounts(string name, ScalekitApi api, IInteractions interactions) : IConnectedAccounts
{
    private readonly ScalekitUpsert _upsert = new(api);

    public Task<ConnectedAccount> GetAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return interactions.RunAsync(Describe("get_account", identity), _ => api.GetAsync(identity, cancellationToken), cancellationToken);
    }

    public Task<AccountCredential?> GetCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return interactions.RunAsync(
            Describe("get_account_credential", identity),
            async _ => Read(await api.GetWithSecretsAsync(identity, cancellationToken).ConfigureAwait(false)),
            cancellationToken);
    }

    public Task<AccountPage> ListPageAsync(AccountFilter? filter = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        if (pageToken is not null && (string.IsNullOrWhiteSpace(pageToken) || pageToken.Length > ScalekitPageAnswer.MaxPageTokenLength))
        {
            throw new ArgumentException($"The page token has {pageToken.Length} characters; it is the token of the page before, or null for the first page.", nameof(pageToken));
        }

        return interactions.RunAsync(Describe("list_accounts", null), scope => ListAsync(filter ?? new(), pageToken, scope, cancellationToken), cancellationToken);
    }

    public Task<ConnectedAccount> CreateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var change = new ScalekitChange(credential, apiConfiguration);
        return interactions.RunAsync(Describe("create_account", identity), _ => _upsert.CreateAsync(identity, change, cancellationToken), cancellationToken);
    }

    public Task<ConnectedAccount> UpdateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var change = new ScalekitChange(credential, apiConfiguration);
        return interactions.RunAsync(
            Describe("update_account", identity),
            _ => change.IsEmpty ? api.GetAsync(identity, cancellationToken) : api.UpdateAsync(identity, change, cancellationToken),
            cancellationToken);
    }

    public Task<AccountUpsert> UpsertAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var change = new ScalekitChange(credential, apiConfiguration);
        return interactions.RunAsync(Describe("upsert_account", identity), _ => _upsert.RunAsync(identity, change, cancellationToken), cancellationToken);
    }

    public Task<bool> DisconnectAsync(AccountIdentity identity, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Scalekit has no call that disconnects an account: it notes by itself what a user has taken back. DeleteAsync removes the account.");

    public Task<bool> DeleteAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return interactions.RunAsync(Describe("delete_account", identity), _ => DeleteCoreAsync(identity, cancellationToken), cancellationToken);
    }

    private async Task<AccountPage> ListAsync(AccountFilter filter, string? pageToken, InteractionScope scope, CancellationToken cancellationToken)
    {
        var page = await api.ListAsync(filter, pageToken, cancellationToken).ConfigureAwait(false);
        var accounts = page.Accounts.Select(account => account.TryToAccount(filter)).OfType<ConnectedAccount>().ToList();
        if (page.Unread + page.Accounts.Count - accounts.Count is > 0 and var left)
        {
            scope.ReportWarning($"{left} of the accounts on a page have no id, do not say whose they are, or were not asked for; they were left out");
        }

        return new(accounts, page.NextPageToken) { TotalCount = page.TotalCount };
    }

    private async Task<bool> DeleteCoreAsync(AccountIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            await api.DeleteAsync(identity, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ScmException missing) when (ScalekitUpsert.IsMissing(missing))
        {
            return false;
        }
    }

    private static AccountCredential? Read(ScalekitAccountRecord account)
    {
        try
        {
            return account.ToCredential();
        }
        catch (WrongShapeException wrong)
        {
            throw ScmException.From(new ScmError { Reason = ErrorReason.UnreadableResponse, Origin = ErrorOrigin.Platform, Message = wrong.Message }, wrong);
        }
    }

    private InteractionDescriptor Describe(string operation, AccountIdentity? identity) => ScalekitGateway.Describe(operation, name, ("account", identity?.ToString()));
}
