using System.Text.Json;
using ScmIntegrations.Accounts;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>An account as an answer has it. Holds a credential only where the answer was asked for one, and is then not kept.</summary>
internal sealed class ScalekitAccountRecord
{
    private readonly JsonElement _account;

    private ScalekitAccountRecord(JsonElement account, string id) => (_account, Id) = (account, id);

    public string Id { get; }

    /// <summary>Reads an account; <see langword="null"/> when it has no id.</summary>
    public static ScalekitAccountRecord? TryRead(JsonElement account) => account.Text("id") is { } id ? new(account, id) : null;

    /// <summary>Whether an answer may be of this account: what it says of whose it is, is the same.</summary>
    public bool IsOf(AccountIdentity identity) => Agrees(identity.Identifier, identity.OrganizationId, identity.UserId);

    /// <summary>The account, by the identity that it was asked with: an answer does not repeat organisation and user.</summary>
    public ConnectedAccount ToAccount(AccountIdentity identity) => new()
    {
        Id = Id,
        Identity = identity,
        Status = ScalekitFields.Status(_account) is { } status ? new AccountStatus(status) : default,
        CredentialKind = ScalekitFields.AuthorizationType(_account),
        Provider = _account.Text("provider"),
        TokenExpiresAt = _account.Time("token_expires_at", "tokenExpiresAt"),
        ApiConfiguration = ScalekitFields.Object(_account, "api_config", "apiConfig") is { } configuration && configuration.GetPropertyCount() > 0 ? configuration.Clone() : null,
        UpdatedAt = _account.Time("updated_at", "updatedAt"),
        LastUsedAt = _account.Time("last_used_at", "lastUsedAt"),
    };

    /// <summary>The account of a list; <see langword="null"/> when whose it is cannot be told, or it is not one that was asked for. What an answer does not say, the filter may have.</summary>
    public ConnectedAccount? TryToAccount(AccountFilter filter)
    {
        if (!Agrees(filter.Identifier, filter.OrganizationId, filter.UserId))
        {
            return null;
        }

        try
        {
            return ToAccount(new AccountIdentity(_account.Text("connector") ?? filter.Connection!, _account.Text("identifier") ?? filter.Identifier!)
            {
                OrganizationId = _account.Text("organization_id", "organizationId") ?? filter.OrganizationId,
                UserId = _account.Text("user_id", "userId") ?? filter.UserId,
            });
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The credential; <see langword="null"/> when there is none.</summary>
    /// <exception cref="WrongShapeException">It is not what it should be.</exception>
    public AccountCredential? ToCredential() =>
        ScalekitFields.Object(_account, "authorization_details", "authorizationDetails") is { } details ? ScalekitCredentials.Read(details) : null;

    // What was not asked for does not narrow, and what is not said does not differ. A gateway may write an address in its own case.
    private bool Agrees(string? identifier, string? organizationId, string? userId)
    {
        return Is(identifier, "identifier", "identifier") && Is(organizationId, "organization_id", "organizationId") && Is(userId, "user_id", "userId");

        bool Is(string? asked, string snake, string camel) =>
            asked is null || _account.Text(snake, camel) is not { } said || said.Trim().Equals(asked, StringComparison.OrdinalIgnoreCase);
    }
}
