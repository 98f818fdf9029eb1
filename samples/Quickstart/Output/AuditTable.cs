using System.Globalization;
using ScmIntegrations.GitHub.Apps;
using Spectre.Console;

namespace Quickstart.Output;

/// <summary>What an audit looks like to people.</summary>
internal static class AuditTable
{
    public static Table Of(IEnumerable<InstallationAudit> audits)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("Account", "Type", "State", "Missing").AddColumn(new TableColumn("Installation").RightAligned());
        foreach (var audit in audits)
        {
            table.AddRow(
                Markup.Escape(Account(audit)),
                Markup.Escape(audit.Installation.TargetType ?? ""),
                audit.IsSuspended ? "[yellow]suspended[/]" : audit.IsComplete ? "[green]complete[/]" : "[red]lacks[/]",
                Markup.Escape(string.Join(", ", audit.Missing.Select(Gap))),
                audit.Installation.Id.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    /// <summary>Below the table: where each is put right, and what could not be decided.</summary>
    public static IEnumerable<string> Notes(IEnumerable<InstallationAudit> audits) => audits.SelectMany(audit =>
        audit.Warnings.Select(warning => $"{Account(audit)}: {warning}")
            .Prepend(audit.FixUrl is { } page ? $"{Account(audit)}: {page.AbsoluteUri}" : null)
            .OfType<string>());

    public static string Total(AuditTally tally) => string.Create(
        CultureInfo.InvariantCulture,
        $"{tally.Installations} installation{(tally.Installations == 1 ? "" : "s")}: {tally.Complete} complete, {tally.Incomplete} incomplete; {tally.Suspended} suspended");

    private static string Account(InstallationAudit audit) => audit.Installation.Account?.Login ?? "(no account)";

    private static string Gap(PermissionGap gap) => gap.Actual is null ? $"{gap}" : $"{gap} (has {gap.Actual})";
}
