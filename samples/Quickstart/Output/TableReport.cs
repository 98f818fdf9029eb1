using System.Globalization;
using Quickstart.Counting;
using ScmIntegrations.Accounts;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.ToolGateways;
using Spectre.Console;

namespace Quickstart.Output;

/// <summary>Collects what a command finds, and shows it as tables for people.</summary>
internal sealed class TableReport(TextWriter output, TextWriter errors, SecretMask mask) : IReport
{
    private readonly IAnsiConsole _console = TextConsole.For(output);
    private readonly List<GitHubRepository> _listed = [];
    private readonly List<RepositoryReading> _readings = [];
    private readonly List<InstallationAudit> _audits = [];
    private readonly List<CodingAgentLaunch> _launches = [];
    private readonly List<CodingAgentTask> _tasks = [];
    private readonly List<(ConnectedAccount Account, AccountOutcome? Outcome)> _accounts = [];

    public ValueTask ListAsync(GitHubRepository repository)
    {
        _listed.Add(repository);
        return default;
    }

    public ValueTask ReadAsync(RepositoryReading reading)
    {
        _readings.Add(reading);
        return default;
    }

    public ValueTask SummarizeAsync(int pass, Cost cost)
    {
        _console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]Pass {pass}[/]"));
        ShowReadings();
        _console.WriteLine(CostText.Of(cost));
        _console.WriteLine();
        return default;
    }

    public async ValueTask PlanAsync(TreeScanPlan plan)
    {
        foreach (var line in PlanText.Lines(plan))
        {
            await output.WriteAsync(line + "\n");
        }
    }

    public ValueTask AuditAsync(InstallationAudit audit)
    {
        _audits.Add(audit);
        return default;
    }

    public ValueTask SummarizeAsync(AuditTally tally, Cost cost)
    {
        ShowAudits();
        _console.WriteLine(AuditTable.Total(tally));
        _console.WriteLine(CostText.Of(cost));
        return default;
    }

    public ValueTask LaunchAsync(CodingAgentLaunch launch)
    {
        _launches.Add(launch);
        return default;
    }

    public ValueTask SummarizeAsync(CodingAgentLaunchResult result, Cost cost)
    {
        ShowLaunches();
        _console.WriteLine(AgentText.Total(result));
        _console.WriteLine(CostText.Of(cost));
        return default;
    }

    public ValueTask TaskAsync(CodingAgentTask task)
    {
        _tasks.Add(task);
        return default;
    }

    public ValueTask AccountAsync(ConnectedAccount account)
    {
        _accounts.Add((account, null));
        return default;
    }

    public ValueTask UpsertAsync(AccountUpsert upsert)
    {
        _accounts.Add((upsert.Account, upsert.Outcome));
        return default;
    }

    public async ValueTask DeleteAsync(AccountIdentity account, bool wasThere) =>
        await output.WriteAsync(mask.Clean($"{account}: {AccountText.Deleted(wasThere)}") + "\n");

    public async ValueTask ToolAsync(string tool, ToolResult result) =>
        await output.WriteAsync(mask.Clean($"{tool}: {result}") + "\n" + MaskedJson.ForPeople(result.Data, mask) + "\n");

    public async ValueTask ExplainAsync(GitHubAnswer answer, ScmException? error, bool isDated)
    {
        foreach (var line in Explanation.Lines(answer, error, isDated))
        {
            await output.WriteAsync(mask.Clean(line) + "\n");
        }
    }

    public async ValueTask FailAsync(Exception error)
    {
        // What is not the library's own is a bug or this machine's trouble, of which only the message is known.
        await errors.WriteLineAsync(mask.Clean(error is ScmException known ? known.Explain() : $"{error.GetType().Name}: {error.Message}"));
    }

    public ValueTask CompleteAsync()
    {
        if (_readings.Count > 0)
        {
            ShowReadings();
        }

        ShowAudits();
        ShowLaunches();
        if (_tasks.Count > 0)
        {
            _console.Write(AgentText.Of(_tasks));
            _tasks.Clear();
        }

        if (_accounts.Count > 0)
        {
            _console.Write(AccountText.Of(_accounts, mask));
            _console.WriteLine(_accounts.Count == 1 ? "1 account" : string.Create(CultureInfo.InvariantCulture, $"{_accounts.Count} accounts"));
            _accounts.Clear();
        }

        if (_listed.Count > 0)
        {
            _console.Write(Tables.Of(_listed));
            _console.WriteLine(_listed.Count == 1 ? "1 repository" : string.Create(CultureInfo.InvariantCulture, $"{_listed.Count} repositories"));
            _listed.Clear();
        }

        return default;
    }

    private void ShowReadings()
    {
        _console.Write(Tables.Of(_readings));
        foreach (var reading in _readings.Where(reading => reading.Error is not null).OrderBy(reading => reading.Repository.FullName, StringComparer.OrdinalIgnoreCase))
        {
            _console.WriteLine("• " + Tables.Explain(reading, mask));
        }

        _readings.Clear();
    }

    private void ShowLaunches()
    {
        if (_launches.Count == 0)
        {
            return;
        }

        _console.Write(AgentText.Of(_launches));
        foreach (var note in AgentText.Notes(_launches))
        {
            _console.WriteLine("• " + mask.Clean(note));
        }

        _launches.Clear();
    }

    private void ShowAudits()
    {
        if (_audits.Count == 0)
        {
            return;
        }

        _console.Write(AuditTable.Of(_audits));
        foreach (var note in AuditTable.Notes(_audits))
        {
            _console.WriteLine("• " + mask.Clean(note));
        }

        _audits.Clear();
    }
}
