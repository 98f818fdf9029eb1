using System.Runtime.CompilerServices;
using System.Text.Json;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts;

/// <summary>What follows from the operations of <see cref="IConnectedAccounts"/>, the same for every implementation.</summary>
public static class ConnectedAccountsExtensions
{
    // A circle is seen before; this ends a list whose tokens are new for ever.
    private const int MaxPages = 10_000;

    /// <summary><see cref="IConnectedAccounts.UpsertAsync"/> under its old name: it also changes an existing account.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="identity">Which account.</param>
    /// <param name="credential">Also changes an existing account: its credential. <see langword="null"/> keeps what there is.</param>
    /// <param name="apiConfiguration">Also changes an existing account: its API configuration. <see langword="null"/> keeps what there is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as it is now, and what happened to it.</returns>
    /// <exception cref="ArgumentException">The credential is empty, or the configuration is no JSON object; nothing was sent.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    public static Task<AccountUpsert> GetOrCreateAsync(
        this IConnectedAccounts accounts,
        AccountIdentity identity,
        AccountCredential? credential = null,
        JsonElement? apiConfiguration = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return accounts.UpsertAsync(identity, credential, apiConfiguration, cancellationToken);
    }

    /// <summary>Lists accounts, page after page.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="filter">Which accounts; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>The accounts, without their credentials.</returns>
    /// <exception cref="ScmIncompleteListException">A page token came twice, or there are more than 10,000 pages.</exception>
    /// <exception cref="ScmException">A page could not be read.</exception>
    public static async IAsyncEnumerable<ConnectedAccount> ListAsync(
        this IConnectedAccounts accounts,
        AccountFilter? filter = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var page = await accounts.ListPageAsync(filter, token, cancellationToken).ConfigureAwait(false);
            foreach (var account in page.Accounts)
            {
                yield return account;
            }

            token = page.NextPageToken;
            if (token is not null && (!seen.Add(token) || seen.Count >= MaxPages))
            {
                throw ScmException.From(new ScmError
                {
                    Reason = ErrorReason.IncompleteList,
                    Origin = ErrorOrigin.Client,
                    Message = $"The list of accounts was ended after {seen.Count} pages: {(seen.Count >= MaxPages ? $"{MaxPages} are the most" : "a page token came twice, so it leads in a circle")}.",
                });
            }
        }
        while (token is not null);
    }
}
