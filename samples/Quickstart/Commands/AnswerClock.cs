using ScmIntegrations.GitHub;

namespace Quickstart.Commands;

/// <summary>
/// A clock that stands at the moment of an answer. An answer from a log or a ticket is old when it is explained: the hour's
/// limit it met has come back at the time it named, not an hour from now.
/// </summary>
internal sealed class AnswerClock(DateTimeOffset sentAt) : TimeProvider
{
    // A wait is at most a day; closer to the end of time it could not be added.
    private static readonly DateTimeOffset Last = DateTimeOffset.MaxValue.AddDays(-2);

    /// <summary>The clock of an answer; <see langword="null"/> when it has no <c>Date</c> that can be read.</summary>
    public static AnswerClock? Of(GitHubAnswer answer)
    {
        // Read as the library reads it.
        using var message = new HttpResponseMessage();
        foreach (var (name, value) in answer.Headers.Where(header => header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase)))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message.Headers.Date is { } date && date < Last ? new AnswerClock(date) : null;
    }

    public override DateTimeOffset GetUtcNow() => sentAt;
}
