namespace ScmIntegrations.Errors;

/// <summary>What follows from a reason, wherever it was met.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Create">Makes its exception.</param>
/// <param name="Expectation">Whether it halts an interaction or fails it.</param>
/// <param name="Acts">Whose turn it is.</param>
/// <param name="Advice">What they do, in a sentence or two.</param>
internal sealed record ReasonRow(
    ErrorReason Reason,
    Func<ScmError, Exception?, ScmException> Create,
    Expectation Expectation,
    ActionOwner Acts,
    string Advice)
{
    /// <summary>What they do when it was not GitHub that said so; <see langword="null"/> when that is the same.</summary>
    public string? AdviceElsewhere { get; init; }

    /// <summary>Whether the same call can succeed later without anybody acting.</summary>
    public bool IsTransient { get; init; }
}
