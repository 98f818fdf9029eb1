using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>One row of the table of the token endpoints' errors: which answers it is for, and what they mean.</summary>
/// <param name="Reason">What the answer means.</param>
/// <param name="Owner">Whose credential it is about: the App's own, or what the user brought.</param>
/// <param name="Words">GitHub's <c>error</c>; empty means any, and none.</param>
internal sealed record UserTokenErrorRow(ErrorReason Reason, CredentialOwner Owner, params IReadOnlyList<string> Words)
{
    /// <summary>The operations the row is for.</summary>
    public OperationClass Classes { get; init; } = RetryRow.AnyClass;

    /// <summary>The HTTP statuses the row is for; empty means any.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>What the answer has to say in its message, in any case; <see langword="null"/> means anything, and nothing.</summary>
    public string? Phrase { get; init; }

    /// <summary>Whether the answer has to say when to come back.</summary>
    public bool AsksToWait { get; init; }

    public bool Matches(OperationClass operation, int status, UserTokenErrorBody body, bool asksToWait) =>
        (Classes & operation) != OperationClass.None
        && (Statuses.Count == 0 || Statuses.Contains(status))
        && (Words.Count == 0 || Words.Contains(body.Word, StringComparer.Ordinal))
        && (Phrase is null || body.Message?.Contains(Phrase, StringComparison.OrdinalIgnoreCase) is true)
        && (!AsksToWait || asksToWait);
}
