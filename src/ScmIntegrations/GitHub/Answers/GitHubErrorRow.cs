using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>One row of the error table: which answers it is for, and what they mean.</summary>
internal sealed record GitHubErrorRow(ErrorReason Reason)
{
    /// <summary>The statuses the row is for; empty means any.</summary>
    public required IReadOnlyList<int> Statuses { get; init; }

    /// <summary>Words of the message, in any case; GitHub rewords its messages, so they are few. <see langword="null"/> means any.</summary>
    public string? MessageHas { get; init; }

    /// <summary>The end of <c>documentation_url</c>, in any case.</summary>
    public string? DocumentationEndsWith { get; init; }

    /// <summary>A header that must be present.</summary>
    public string? Header { get; init; }

    /// <summary>The value that the header must have.</summary>
    public string? HeaderValue { get; init; }

    public bool Matches(ResponseSnapshot response, GitHubErrorBody body) =>
        (Statuses.Count == 0 || Statuses.Contains((int)response.Status))
        && (MessageHas is null || body.Message?.Contains(MessageHas, StringComparison.OrdinalIgnoreCase) is true)
        && (DocumentationEndsWith is null || body.DocumentationUrl?.EndsWith(DocumentationEndsWith, StringComparison.OrdinalIgnoreCase) is true)
        && (Header is null || (response.Header(Header) is { } value && (HeaderValue is null || string.Equals(value, HeaderValue, StringComparison.Ordinal))));
}
