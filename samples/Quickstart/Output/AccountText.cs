using ScmIntegrations.Accounts;
using Spectre.Console;

namespace Quickstart.Output;

/// <summary>Accounts for people.</summary>
internal static class AccountText
{
    public static string NameOf(AccountOutcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>What became of an account that was to be deleted.</summary>
    public static string Deleted(bool wasThere) => wasThere ? "deleted" : "absent";

    public static Table Of(IReadOnlyList<(ConnectedAccount Account, AccountOutcome? Outcome)> accounts, SecretMask mask)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("Connection", "Identifier", "Organisation", "User", "Status", "Credential", "Id");
        var hasOutcomes = accounts.Any(row => row.Outcome is not null);
        if (hasOutcomes)
        {
            table.AddColumn("Result");
        }

        foreach (var (account, outcome) in accounts)
        {
            string?[] cells =
            [
                account.Identity.Connection,
                account.Identity.Identifier,
                account.Identity.OrganizationId,
                account.Identity.UserId,
                account.StatusReason is { } reason ? $"{account.Status}: {reason}" : account.Status.Name,
                account.CredentialKind,
                account.Id,
                .. hasOutcomes ? [outcome is { } known ? NameOf(known) : null] : Array.Empty<string?>(),
            ];
            table.AddRow(cells.Select(cell => new Text(Plain(mask.Clean(cell ?? "")))));
        }

        return table;
    }

    // A gateway's words must not be able to steer a terminal.
    private static string Plain(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
