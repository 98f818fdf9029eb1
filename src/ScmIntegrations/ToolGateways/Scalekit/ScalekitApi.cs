using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>Sends the operations of <see cref="ScalekitOperations"/> with the service's token. What is absent is left out, never sent empty.</summary>
internal sealed class ScalekitApi(GatewayLine line, IGatewayCredential credential, TimeSpan toolTimeout)
{
    private static readonly ScalekitJsonContext Answers = ScalekitJsonContext.Default;

    public async Task<ToolResult> ExecuteAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["tool_name"] = call.ToolName }
            .WithText("identifier", call.Identifier)
            .WithText("connected_account_id", call.ConnectedAccountId)
            .WithText("connector", call.Connection)
            .WithText("organization_id", call.OrganizationId)
            .WithText("user_id", call.UserId)
            .WithText("agent_run_id", call.AgentRunId);
        var request = Request(ScalekitOperations.ExecuteTool) with { Body = Bytes(body, "params", call.Parameters), AttemptTimeout = toolTimeout };
        return (await line.ExecuteAsync(request, credential, Answers.ScalekitToolAnswer, cancellationToken).ConfigureAwait(false)).Result;
    }

    public Task<ScalekitPageAnswer> ListAsync(AccountFilter filter, string? pageToken, CancellationToken cancellationToken)
    {
        var query = new ScalekitQuery()
            .Add("organization_id", filter.OrganizationId)
            .Add("user_id", filter.UserId)
            .Add("connector", filter.Connection)
            .Add("identifier", filter.Identifier)
            .Add("page_size", filter.PageSize)
            .Add("page_token", pageToken);
        return line.ExecuteAsync(Request(ScalekitOperations.ListAccounts, query), credential, Answers.ScalekitPageAnswer, cancellationToken);
    }

    /// <summary>The account, without a secret crossing the wire.</summary>
    public async Task<ConnectedAccount> GetAsync(AccountIdentity identity, CancellationToken cancellationToken) =>
        (await ReadAsync(ScalekitOperations.GetAccount, identity, cancellationToken).ConfigureAwait(false)).ToAccount(identity);

    /// <summary>The account's credential.</summary>
    public async Task<ScalekitAccountRecord> GetWithSecretsAsync(AccountIdentity identity, CancellationToken cancellationToken) =>
        await ReadAsync(ScalekitOperations.GetCredential, identity, cancellationToken).ConfigureAwait(false);

    public Task<ConnectedAccount> CreateAsync(AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken) =>
        WriteAsync(ScalekitOperations.CreateAccount, identity, change, cancellationToken);

    public Task<ConnectedAccount> UpdateAsync(AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken) =>
        WriteAsync(ScalekitOperations.UpdateAccount, identity, change, cancellationToken);

    public Task DeleteAsync(AccountIdentity identity, CancellationToken cancellationToken) =>
        line.ExecuteAsync(Request(ScalekitOperations.DeleteAccount) with { Body = Bytes(Keys(identity)), MayBeEmpty = true }, credential, Answers.ScalekitDeletionAnswer, cancellationToken);

    public async Task<AuthorizationLink> CreateLinkAsync(AccountIdentity identity, CancellationToken cancellationToken) =>
        (await line.ExecuteAsync(Request(ScalekitOperations.CreateLink) with { Body = Bytes(Keys(identity)) }, credential, Answers.ScalekitLinkAnswer, cancellationToken).ConfigureAwait(false)).Link;

    private static GatewayRequest Request(ScalekitOperation operation, ScalekitQuery? query = null) =>
        new(operation.Method, $"{operation.Path}{query}") { Operation = operation.Class, Nature = operation.Nature };

    private async Task<ScalekitAccountRecord> ReadAsync(ScalekitOperation operation, AccountIdentity identity, CancellationToken cancellationToken)
    {
        var query = new ScalekitQuery()
            .Add("connector", identity.Connection)
            .Add("identifier", identity.Identifier)
            .Add("organization_id", identity.OrganizationId)
            .Add("user_id", identity.UserId);
        var account = await AccountAsync(Request(operation, query), cancellationToken).ConfigureAwait(false);

        // What is written next would go to whom the gateway has taken for the one that was asked for.
        return account.IsOf(identity) ? account : throw ScmException.From(new ScmError
        {
            Reason = ErrorReason.UnreadableResponse,
            Origin = ErrorOrigin.Platform,
            CredentialOwner = CredentialOwner.Operator,
            Message = $"The gateway was asked for the account {identity} and answered with another one.",
        });
    }

    private async Task<ConnectedAccount> WriteAsync(ScalekitOperation operation, AccountIdentity identity, ScalekitChange change, CancellationToken cancellationToken)
    {
        var body = Keys(identity);
        body["connected_account"] = change.ToBody();
        var request = Request(operation) with { Body = Bytes(body), Secrets = change.Secrets };
        return (await AccountAsync(request, cancellationToken).ConfigureAwait(false)).ToAccount(identity);
    }

    private async Task<ScalekitAccountRecord> AccountAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        (await line.ExecuteAsync(request, credential, Answers.ScalekitAccountAnswer, cancellationToken).ConfigureAwait(false)).Account;

    private static JsonObject Keys(AccountIdentity identity) => new JsonObject { ["connector"] = identity.Connection, ["identifier"] = identity.Identifier }
        .WithText("organization_id", identity.OrganizationId)
        .WithText("user_id", identity.UserId);

    private static ReadOnlyMemory<byte> Bytes(JsonObject body, string? name = null, JsonElement? raw = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (field, value) in body)
            {
                writer.WritePropertyName(field);
                value!.WriteTo(writer);
            }

            if (raw is { } given)
            {
                // As the caller wrote it: it has been parsed, and another spelling of a number could be another number.
                writer.WritePropertyName(name!);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(given), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
