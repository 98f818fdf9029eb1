namespace ScmIntegrations.Resilience.Retries;

/// <summary>What can happen to a call and is no error of it, so that the retry has no say.</summary>
/// <param name="Number">The row's number.</param>
/// <param name="Name">What has happened.</param>
/// <param name="Handling">What is done.</param>
internal sealed record HandledRow(string Number, string Name, string Handling)
{
    /// <summary>The rows, by number.</summary>
    public static IReadOnlyList<HandledRow> Rows { get; } =
    [
        new("10", "the caller cancelled", "`OperationCanceledException` with the caller's token, at once, also during a wait; the interaction halts; nothing is counted"),
        new("13", "304 to a conditional request", "the answer; a success"),
        new("15", "301, 302, 303, 307, 308 within the origin", "followed, at most 5 times, relative or absolute; a write only on 307 and 308, with its body"),
        new("49", "GraphQL: data with errors beside it", "the data, with what is missing; a success"),
        new("53", "a tree that GitHub cut short", "completed folder by folder; what stays missing is named, and such a tree is not remembered"),
        new("67", "the cache or its second level fails", "the origin is asked, under the same single flight; a success"),
        new("68", "a reporter, metric or log sink throws", "dropped; the outcome stays"),
    ];
}
