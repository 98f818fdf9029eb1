using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;

namespace ScmIntegrations.CodingAgents.Failures;

/// <summary>One row of a table of launch failures: which errors it is for, and what a product tells its user.</summary>
/// <param name="Type">What the launch failed for.</param>
public sealed record LaunchFailureRow(LaunchFailureType Type)
{
    private Phrase[] _phrases = [];

    /// <summary>The reasons the row is for; empty means any.</summary>
    public IReadOnlyList<ErrorReason> Reasons { get; init; } = [];

    /// <summary>The HTTP statuses the row is for; empty means any.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>
    /// Words of which the message has one; empty means any message. Case and punctuation do not count, and <c>*</c> stands for
    /// any words between, within a sentence.
    /// </summary>
    public IReadOnlyList<string> Words
    {
        get => [.. _phrases.Select(phrase => phrase.ToString())];
        init => _phrases = [.. value.Select(words => new Phrase(words))];
    }

    /// <summary>The sentence for the user, with <c>{repository}</c> in it where the name belongs; <see langword="null"/> for the error's own message and advice.</summary>
    public string? Message { get; init; }

    /// <summary>Where a person can put it right, when the error does not name a page.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>What a launch needs of the GitHub App's installation, for example <c>contents=write</c>, when the answer did not say.</summary>
    public IReadOnlyList<string> NeededPermissions { get; init; } = [];

    internal bool Matches(ScmError error) =>
        (Reasons.Count == 0 || Reasons.Contains(error.Reason))
        && (Statuses.Count == 0 || (error.Status is { } status && Statuses.Contains((int)status)))
        && (_phrases.Length == 0 || Phrase.Normalize(error.Message) is var words && _phrases.Any(phrase => phrase.IsIn(words)));
}
