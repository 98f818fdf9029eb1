using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>One row of the error table: which answers it is for, and what they mean.</summary>
/// <param name="Reason">What the answer means.</param>
/// <param name="Statuses">The statuses the row is for; empty means any.</param>
internal sealed record GitHubErrorRow(ErrorReason Reason, params IReadOnlyList<int> Statuses)
{
    /// <summary>Phrases of which the message has one; empty means any message.</summary>
    public IReadOnlyList<Phrase> Message { get; init; } = [];

    /// <summary>The end of <c>documentation_url</c>, in any case.</summary>
    public string? DocumentationEndsWith { get; init; }

    /// <summary>A header that must be present.</summary>
    public string? Header { get; init; }

    /// <summary>What the header's value begins with, in any case.</summary>
    public string? HeaderStartsWith { get; init; }

    /// <summary>The header's whole value.</summary>
    public string? HeaderIs { get; init; }

    /// <summary>What else must hold, all of it.</summary>
    public Circumstance When { get; init; }

    public bool Matches(AnswerFacts answer) =>
        (Statuses.Count == 0 || Statuses.Contains(answer.Status))
        && (answer.Circumstances & When) == When
        && (Message.Count == 0 || Message.Any(phrase => phrase.IsIn(answer.Words)))
        && (DocumentationEndsWith is null || answer.Body.DocumentationUrl?.EndsWith(DocumentationEndsWith, StringComparison.OrdinalIgnoreCase) is true)
        && (Header is null || HeaderMatches(answer.Header(Header)));

    private bool HeaderMatches(string? value) =>
        value is not null
        && (HeaderStartsWith is null || value.StartsWith(HeaderStartsWith, StringComparison.OrdinalIgnoreCase))
        && (HeaderIs is null || value.Equals(HeaderIs, StringComparison.Ordinal));
}
