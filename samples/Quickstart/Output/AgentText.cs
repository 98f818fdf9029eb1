using System.Globalization;
using System.Text.Json;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;
using Spectre.Console;

namespace Quickstart.Output;

/// <summary>Launches and tasks for people.</summary>
internal static class AgentText
{
    public static string NameOf(CodingAgentState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    public static Table Of(IReadOnlyList<CodingAgentLaunch> launches)
    {
        var table = new Table().AddColumns("Repository", "State", "Agent or failure", "Installation");
        foreach (var launch in launches.OrderBy(launch => launch.Repository.FullName, StringComparer.OrdinalIgnoreCase))
        {
            table.AddRow(
                new Text(launch.Repository.FullName),
                new Text(launch.Task is { } task ? NameOf(task.State) : "not launched"),
                new Text(launch.Task?.Id ?? launch.Failure!.Type.ToName()),
                new Text(launch.Failure?.InstallationId?.ToString(CultureInfo.InvariantCulture) ?? ""));
        }

        return table;
    }

    /// <summary>What went wrong, and where it is put right.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<CodingAgentLaunch> launches) => launches
        .OrderBy(launch => launch.Repository.FullName, StringComparer.OrdinalIgnoreCase)
        .SelectMany(launch => Notes(launch).Concat(launch.Warnings).Concat(launch.Task?.Warnings ?? []).Select(note => $"{launch.Repository}: {note}"));

    public static string Total(CodingAgentLaunchResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{result.LaunchedCount} launched, {result.FailedCount} failed. To send the batch again: --idempotency-key {result.IdempotencyKey}");

    public static Table Of(IReadOnlyList<CodingAgentTask> tasks)
    {
        var table = new Table().AddColumns("Repository", "State", "Agent", "Pull request");
        foreach (var task in tasks)
        {
            table.AddRow(
                new Text(task.Repository?.FullName ?? ""),
                new Text(task.State is CodingAgentState.Unknown ? task.RawState : NameOf(task.State)),
                new Text(task.Id),
                new Text(task.PullRequest?.Url.AbsoluteUri ?? ""));
        }

        return table;
    }

    private static IEnumerable<string> Notes(CodingAgentLaunch launch) =>
        launch.Failure is { } failure ? [failure.FixUrl is { } page ? $"{failure.Message} Where: {page.AbsoluteUri}" : failure.Message] : [];
}
