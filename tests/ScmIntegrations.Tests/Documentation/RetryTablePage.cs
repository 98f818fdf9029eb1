using System.Globalization;
using System.Text;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.Tests.Documentation;

/// <summary>Prints <c>docs/retry-table.md</c>.</summary>
internal static class RetryTablePage
{
    private static readonly (OperationClass Class, string Letter)[] Letters =
    [
        (OperationClass.Read, "R"), (OperationClass.IdempotentWrite, "I"), (OperationClass.Write, "N"), (OperationClass.TokenMint, "M"), (OperationClass.TokenRefresh, "F"),
    ];

    public static string Print()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # The retry table

            What is done with every error of a call. This page is printed from `Resilience/Retries/RetryTable`; a test compares the two, and every row has tests that bear its number. The first row that matches decides, so the specific stands before the general; the numbers are names, not an order. `ScmError.Rule` is the number of the row that decided about a call.

            | Class | Meaning |
            | --- | --- |
            | R | a read: GET, HEAD, a GraphQL query |
            | I | an idempotent write: PUT, DELETE, a guarded update |
            | N | any other write: POST, PATCH |
            | M | minting a token |
            | F | trading a refresh token that works once |

            - **Retries** is how often the row sends the same call again; *options* is as often as `Resilience.MaxAttempts` allows (3 attempts in all by default). Whatever the row says, the attempts of a call stay within `MaxAttempts`, save renewals of the credential and polls; 1 switches every retry off.
            - **Wait.** *Back-off*: drawn evenly from zero to 500 ms × 2ⁿ, at most 10 s, or as long as `Retry-After` asks. *Poll*: 1, 2, 4, 8, 10, 10 s. *Limit*: until the limit has passed, where `Resilience.MaxRateLimitWait` allows it (zero by default: limits surface at once). A wait that would leave an attempt less than a second before the deadline is not begun: the error surfaces, with the time to come back.
            - **Budget.** Retries draw on a bucket of 500 tokens, 14 each and 5 after a limit; a success gives back what its last retry cost, or 1. When it is empty the error surfaces, flagged `IsRetryBudgetExhausted`.
            - **Circuit** counts calls, not attempts, and only where it says so. The gate of a rate limit is apart from it: a primary limit closes it for its resource, a secondary one for the whole credential. Without a named time it stays closed for 60 s, then 120, 240 … up to 64 minutes while the limit goes on.
            - **Halts** and **fails** are the outcome for the interaction, by whose credential the call used where they differ (customer's / operator's). `OverrideOutcome` changes it.
            - **Remembered**: how long a scan, or a credential, does not ask again.


            """);
        page.AppendTable(
            ["Row", "What has happened", "Class", "Said by", "Reasons", "Status", "Retries", "Wait", "Circuit", "Surfaces as", "Interaction", "Remembered", "Note"],
            RetryTable.Rows.Select(Cells));
        page.Append(
            """

            ## No errors

            What can happen to a call without being an error of it:


            """);
        page.AppendTable(["Row", "What has happened", "What is done"], HandledRow.Rows.Select(row => new[] { row.Number, row.Name, row.Handling }));
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string[] Cells(RetryRow row) =>
    [
        row.Number,
        row.Name,
        row.Classes is RetryRow.AnyClass ? "all" : string.Join(' ', Letters.Where(letter => row.Classes.HasFlag(letter.Class)).Select(letter => letter.Letter)),
        row.Origin?.ToName() ?? "",
        row.Reasons.Count == 0 ? "any" : string.Join(", ", row.Reasons.Select(reason => $"`{reason.ToName()}`")),
        row.Statuses.Count == 0 ? "" : ErrorsPage.Statuses(row.Statuses),
        row.Retries switch { 0 => "never", RetryRow.AsConfigured => "options", var times => times.ToString(CultureInfo.InvariantCulture) },
        row.Wait switch
        {
            RetryWait.Never => "",
            RetryWait.RefreshCredential => "none, with a renewed credential",
            RetryWait.Backoff => "back-off",
            RetryWait.OneSecond => "1 s",
            RetryWait.OneToTwoSeconds => "1–2 s",
            RetryWait.Poll => "poll",
            RetryWait.BrokerBackoff => "1 s × 2ⁿ, 50–100 %, at most 30 s",
            _ => "limit",
        },
        row.CountsInCircuit ? "yes" : "",
        Surfaces(row),
        Outcome(row),
        row.RememberedFor == TimeSpan.Zero ? "" : row.RememberedFor.TotalHours >= 1 ? $"{row.RememberedFor.TotalHours:0} h" : row.RememberedFor.TotalMinutes >= 1 ? $"{row.RememberedFor.TotalMinutes:0} min" : $"{row.RememberedFor.TotalSeconds:0} s",
        row.Note ?? "",
    ];

    private static string Surfaces(RetryRow row) =>
        row.IsFateUnknown ? $"`{nameof(ScmAmbiguousWriteException)}`"
        : row.Origin is ErrorOrigin.Provider ? "the provider exception of its status"
        : row.Reasons.Count == 0 ? "the exception of its reason"
        : string.Join(", ", row.Reasons.Select(reason => $"`{ErrorsPage.Create(reason).GetType().Name}`").Distinct(StringComparer.Ordinal));

    private static string Outcome(RetryRow row)
    {
        if (row.Origin is ErrorOrigin.Provider)
        {
            return "4xx halts, others fail";
        }

        if (row.Reasons.Count == 0)
        {
            return row.Number is "70" ? "fails" : "by its reason";
        }

        var outcomes = row.Reasons
            .Select(reason => (ErrorsPage.Outcome(reason, CredentialOwner.Customer), ErrorsPage.Outcome(reason, CredentialOwner.Operator)))
            .Select(pair => pair.Item1.Equals(pair.Item2, StringComparison.Ordinal) ? pair.Item1 : $"{pair.Item1} / {pair.Item2}")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return outcomes.Count == 1 ? outcomes[0] : "by its reason";
    }
}
