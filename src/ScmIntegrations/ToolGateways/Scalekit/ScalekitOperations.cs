using static ScmIntegrations.Resilience.OperationClass;
using static ScmIntegrations.Resilience.Retries.RetryCondition;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>The operations of Scalekit's API that are used, as data. Nothing is sent that does not stand here.</summary>
internal static class ScalekitOperations
{
    private const string Accounts = "/api/v1/connected_accounts";

    /// <summary>The service's own token.</summary>
    public static ScalekitOperation GetToken { get; } = new("get_token", HttpMethod.Post, "/oauth/token", TokenMint);

    /// <summary>A tool may send an e-mail: once is all there is.</summary>
    public static ScalekitOperation ExecuteTool { get; } = new("execute_tool", HttpMethod.Post, "/api/v1/execute_tool", Write);

    /// <summary>A page of accounts, without secrets.</summary>
    public static ScalekitOperation ListAccounts { get; } = new("list_accounts", HttpMethod.Get, Accounts, Read);

    /// <summary>An account without its secrets, also to see whether it is there.</summary>
    public static ScalekitOperation GetAccount { get; } = new("get_account", HttpMethod.Get, Accounts + "/details", Read);

    /// <summary>An account with its secrets.</summary>
    public static ScalekitOperation GetCredential { get; } = new("get_account_credential", HttpMethod.Get, Accounts + "/auth", Read);

    /// <summary>A second one would be refused as a duplicate, although the first had made the account.</summary>
    public static ScalekitOperation CreateAccount { get; } = new("create_account", HttpMethod.Post, Accounts, Write);

    /// <summary>Ends in the same state however often it is sent.</summary>
    public static ScalekitOperation UpdateAccount { get; } = new("update_account", HttpMethod.Put, Accounts, IdempotentWrite, CredentialUpsert);

    /// <summary>Of a second one the account is gone already.</summary>
    public static ScalekitOperation DeleteAccount { get; } = new("delete_account", HttpMethod.Post, Accounts + ":delete", IdempotentWrite);

    /// <summary>A link does nothing until somebody follows it.</summary>
    public static ScalekitOperation CreateLink { get; } = new("create_authorization_link", HttpMethod.Post, Accounts + "/magic_link", IdempotentWrite);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScalekitOperation> All { get; } =
        [GetToken, ExecuteTool, ListAccounts, GetAccount, GetCredential, CreateAccount, UpdateAccount, DeleteAccount, CreateLink];
}
