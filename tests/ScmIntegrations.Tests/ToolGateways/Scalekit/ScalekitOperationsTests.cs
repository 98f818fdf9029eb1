using System.Reflection;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.ToolGateways.Scalekit;
using static ScmIntegrations.Resilience.OperationClass;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>The table of operations: every row, and nothing beside it.</summary>
public sealed class ScalekitOperationsTests
{
    private static readonly Dictionary<string, (string Method, string Path, OperationClass Class, bool StoresCredential)> Expected = new(StringComparer.Ordinal)
    {
        ["get_token"] = ("POST", "/oauth/token", TokenMint, false),
        ["execute_tool"] = ("POST", "/api/v1/execute_tool", Write, false),
        ["list_accounts"] = ("GET", "/api/v1/connected_accounts", Read, false),
        ["get_account"] = ("GET", "/api/v1/connected_accounts/details", Read, false),
        ["get_account_credential"] = ("GET", "/api/v1/connected_accounts/auth", Read, false),
        ["create_account"] = ("POST", "/api/v1/connected_accounts", Write, false),
        ["update_account"] = ("PUT", "/api/v1/connected_accounts", IdempotentWrite, true),
        ["delete_account"] = ("POST", "/api/v1/connected_accounts:delete", IdempotentWrite, false),
        ["create_authorization_link"] = ("POST", "/api/v1/connected_accounts/magic_link", IdempotentWrite, false),
    };

    [Fact]
    public void The_table_is_what_was_decided() =>
        ScalekitOperations.All.ToDictionary(
            one => one.Name,
            one => (one.Method.Method, one.Path, one.Class, one.Nature is RetryCondition.CredentialUpsert),
            StringComparer.Ordinal).Should().BeEquivalentTo(Expected);

    [Fact]
    public void Every_operation_stands_in_the_table() =>
        typeof(ScalekitOperations).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(ScalekitOperation))
            .Select(property => (ScalekitOperation)property.GetValue(null)!)
            .Should().BeEquivalentTo(ScalekitOperations.All);

    [Fact]
    public async Task Nothing_is_sent_that_does_not_stand_there()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.AddTool("echo", _ => Testing.FakeScalekitToolResult.Succeeded());
        await rig.UpsertAsync(ScalekitRig.Token);
        await rig.UpsertAsync(ScalekitRig.Token);
        await rig.Accounts.GetCredentialAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        await rig.Accounts.ListPageAsync(cancellationToken: ScalekitRig.Cancellation);
        await rig.Gateway.CreateAuthorizationLinkAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        await rig.ExecuteAsync();
        await rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        rig.Scalekit.UnmatchedRequests.Should().BeEmpty();
        rig.Scalekit.Requests.Select(request => (request.Method.Method, request.Path)).Distinct()
            .Should().BeEquivalentTo(Expected.Values.Select(row => (row.Method, row.Path)));
    }
}
