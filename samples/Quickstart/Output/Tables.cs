using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;
using Spectre.Console;

namespace Quickstart.Output;

/// <summary>What the tables look like.</summary>
internal static class Tables
{
    public static Table Of(IEnumerable<GitHubRepository> repositories)
    {
        var table = New("Repository", "Default branch", "Archived").AddColumn(Number("Id"));
        foreach (var repository in repositories.OrderBy(repository => repository.FullName, StringComparer.OrdinalIgnoreCase))
        {
            table.AddRow(
                Markup.Escape(repository.FullName),
                Markup.Escape(repository.DefaultBranch ?? ""),
                repository.IsArchived ? "archived" : "",
                repository.Id.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    public static Table Of(IEnumerable<RepositoryReading> readings)
    {
        var table = New("Repository", "Tree").AddColumn(Number("Entries")).AddColumn(Number("Files")).AddColumn("Call");
        foreach (var reading in readings.OrderBy(reading => reading.Repository.FullName, StringComparer.OrdinalIgnoreCase))
        {
            table.AddRow(
                Markup.Escape(reading.Repository.FullName),
                $"[{Colour(reading.Status)}]{Status(reading)}[/]",
                Number(reading.Tree?.Count),
                Number(reading.Tree?.Files.Count()),
                Call(reading));
        }

        return table;
    }

    /// <summary>An error of one repository, and what can be done about it.</summary>
    public static string Explain(RepositoryReading reading, SecretMask mask)
    {
        var message = mask.Clean(reading.Error!.Message);
        var ended = reading.Outcome switch
        {
            InteractionOutcome.Halted => "halted, as expected",
            InteractionOutcome.Failure => "failed",
            _ => "not asked",
        };
        return $"{reading.Repository} {ended}: {message} [{WhatToDo(reading.Error!)}]";
    }

    // The library's Explain() in one line: a scan can have hundreds of them.
    private static string WhatToDo(ScmException exception)
    {
        var error = exception.Error;
        string?[] parts =
        [
            $"{error.Acts.ToName()} acts: {error.Advice}",
            exception is ScmPermissionException { Error.AcceptedPermissions: { } accepted } ? $"Accepted: {accepted}." : null,
            error.RetryAt is { } retryAt ? string.Create(CultureInfo.InvariantCulture, $"Again from {retryAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.") : null,
            error.FixUrl is { } fix ? $"Where: {fix.AbsoluteUri}" : null,
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    private static Table New(params string[] columns) => new Table { Border = TableBorder.Rounded }.AddColumns(columns);

    private static TableColumn Number(string header) => new TableColumn(header).RightAligned();

    private static string Number(int? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Status(RepositoryReading reading) =>
        reading.Status.ToString().ToLowerInvariant() + (reading.Tree is { IsComplete: false } ? ", incomplete" : "");

    private static string Call(RepositoryReading reading)
    {
        var outcome = reading.Outcome?.ToName() ?? "no call";
        return reading.Error is { } error ? $"{outcome}: {error.Reason.ToName()}" : outcome;
    }

    private static string Colour(TreeStatus status) => status switch
    {
        TreeStatus.Fetched or TreeStatus.Cached => "green",
        TreeStatus.Empty => "grey",
        TreeStatus.Stale => "yellow",
        _ => "red",
    };
}
