using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Tests.Interactions;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>Every operation is one interaction with one end, and none of them prints a secret.</summary>
public sealed class AccountInteractionTests
{
    private const string Secret = "gho_THISMUSTNEVERPRINT0123456789";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, Func<IConnectedAccounts, Task>> Operations => new(StringComparer.Ordinal)
    {
        ["get_account"] = accounts => accounts.GetAsync(Ada, Token),
        ["get_account_credential"] = accounts => accounts.GetCredentialAsync(Ada, Token),
        ["list_accounts"] = accounts => accounts.ListPageAsync(cancellationToken: Token),
        ["update_account"] = accounts => accounts.UpdateAsync(Ada, Tokens(Secret), cancellationToken: Token),
        ["upsert_account"] = accounts => accounts.UpsertAsync(Ada, Tokens(Secret, Secret + "2"), cancellationToken: Token),
        ["disconnect_account"] = accounts => accounts.DisconnectAsync(Ada, Token),
        ["delete_account"] = accounts => accounts.DeleteAsync(Ada, Token),
        ["create_account"] = accounts => accounts.CreateAsync(Ada with { UserId = "new" }, Tokens(Secret), cancellationToken: Token),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_operation_is_one_interaction(string name)
    {
        await using var rig = new AccountRig();
        await rig.Accounts.CreateAsync(Ada, Tokens("access"), cancellationToken: Token);
        using var metrics = new MetricRecorder(rig.Services.GetRequiredService<InteractionTelemetry>().Meter);

        await Operations[name](rig.Accounts);

        metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => (one.Tags["scm.interaction"], one.Tags["scm.provider"], one.Tags["scm.outcome"]))
            .Should().Equal((name, "account_store", "started"), (name, "account_store", "success"));
    }

    [Theory]
    [InlineData("get_account")]
    [InlineData("get_account_credential")]
    [InlineData("update_account")]
    public async Task An_account_that_is_not_there_halts_and_pages_nobody(string name)
    {
        await using var rig = new AccountRig();
        using var metrics = new MetricRecorder(rig.Services.GetRequiredService<InteractionTelemetry>().Meter);

        await FluentActions.Awaiting(() => Operations[name](rig.Accounts)).Should().ThrowAsync<ScmNotFoundException>();

        metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => one.Tags["scm.outcome"]).Should().Equal("started", "halted");
        rig.Reports.Reports.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_store_that_fails_is_a_failure_and_reported_once(string name)
    {
        await using var rig = new AccountRig();
        rig.Store.Before = _ => throw UpsertTests.Trouble();

        await FluentActions.Awaiting(() => Operations[name](rig.Accounts)).Should().ThrowAsync<ScmTransportException>();

        rig.Reports.Reports.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_cancelled_caller_gets_its_own_token_back(string name)
    {
        await using var rig = new AccountRig();
        var cancelled = new CancellationToken(canceled: true);
        Task Call() => name switch
        {
            "disconnect_account" => rig.Accounts.DisconnectAsync(Ada, cancelled),
            "get_account" => rig.Accounts.GetAsync(Ada, cancelled),
            "get_account_credential" => rig.Accounts.GetCredentialAsync(Ada, cancelled),
            "list_accounts" => rig.Accounts.ListPageAsync(cancellationToken: cancelled),
            "update_account" => rig.Accounts.UpdateAsync(Ada, Tokens("a"), cancellationToken: cancelled),
            "upsert_account" => rig.Accounts.UpsertAsync(Ada, Tokens("a"), cancellationToken: cancelled),
            "delete_account" => rig.Accounts.DeleteAsync(Ada, cancelled),
            _ => rig.Accounts.CreateAsync(Ada, Tokens("a"), cancellationToken: cancelled),
        };

        (await FluentActions.Awaiting(Call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelled);
        (await rig.Store.FindAsync(Ada, Token)).Should().BeNull();
    }

    [Fact]
    public async Task No_secret_is_printed_on_any_way()
    {
        var log = new RecordingLoggerFactory();
        await using var rig = new AccountRig(configure: services => services.AddSingleton<ILoggerFactory>(log));
        var printed = new List<string>();
        foreach (var operation in Operations.Values.Concat(Operations.Values))
        {
            try
            {
                await operation(rig.Accounts);
            }
            catch (ScmException error)
            {
                printed.Add($"{error}\n{error.Explain()}");
            }
        }

        rig.Store.After = call => call is "replace" or "add" ? throw UpsertTests.Trouble() : Task.CompletedTask;
        printed.Add($"{(await FluentActions.Awaiting(() => rig.Accounts.UpsertAsync(Ada, Tokens(Secret + "3"), cancellationToken: Token)).Should().ThrowAsync<ScmException>()).Which}");
        printed.AddRange(log.Lines.Select(line => $"{line.Message} {line.Exception} {string.Join(' ', line.Fields.Values)}"));

        printed.Should().HaveCountGreaterThan(10).And.NotContain(text => text.Contains("THISMUSTNEVER", StringComparison.Ordinal));
    }
}
