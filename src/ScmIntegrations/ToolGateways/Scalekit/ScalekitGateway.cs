using ScmIntegrations.Accounts;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>Scalekit: tools that run on behalf of users, and the accounts that they run with.</summary>
internal sealed class ScalekitGateway(string name, ScalekitApi api, IInteractions interactions) : IToolGateway
{
    public string Name => name;

    public IConnectedAccounts Accounts { get; } = new ScalekitAccounts(name, api, interactions);

    /// <summary>What an operation is called when it is observed.</summary>
    public static InteractionDescriptor Describe(string operation, string client, (string Name, string? Value) extra) => new(operation, "scalekit")
    {
        Client = client,
        Extras = extra.Value is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { [extra.Name] = extra.Value },
    };

    public Task<ToolResult> ExecuteToolAsync(ToolCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Identifier is null && call.ConnectedAccountId is null
            ? throw new ArgumentException($"The call of {call.ToolName} names no account: it has an {nameof(call.Identifier)} or a {nameof(call.ConnectedAccountId)}.", nameof(call))
            : interactions.RunAsync(Describe("execute_tool", name, ("tool", call.ToolName)), _ => api.ExecuteAsync(call, cancellationToken), cancellationToken);
    }

    public Task<AuthorizationLink> CreateAuthorizationLinkAsync(AccountIdentity account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return interactions.RunAsync(Describe("create_authorization_link", name, ("account", account.ToString())), _ => api.CreateLinkAsync(account, cancellationToken), cancellationToken);
    }
}
