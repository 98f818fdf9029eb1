using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience.Retries;

/// <summary>One row of the retry table: whom it is for, and what happens.</summary>
/// <param name="Number">The row's number, as in the documentation and in the name of its test. A letter marks a finer case of the same number.</param>
/// <param name="Name">What has happened, in words.</param>
internal sealed record RetryRow(string Number, string Name)
{
    /// <summary>As many retries as <see cref="ResilienceOptions.MaxAttempts"/> allows.</summary>
    public const int AsConfigured = int.MaxValue;

    /// <summary>Every class there is.</summary>
    public const OperationClass AnyClass =
        OperationClass.Read | OperationClass.IdempotentWrite | OperationClass.Write | OperationClass.TokenMint | OperationClass.TokenRefresh;

    /// <summary>The operation classes the row is for.</summary>
    public OperationClass Classes { get; init; } = AnyClass;

    /// <summary>Who must have said it; <see langword="null"/> means anybody.</summary>
    public ErrorOrigin? Origin { get; init; }

    /// <summary>The reasons the row is for; empty means any.</summary>
    public IReadOnlyList<ErrorReason> Reasons { get; init; } = [];

    /// <summary>The statuses the row is for; empty means any, and none.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>What must have happened besides.</summary>
    public RetryCondition When { get; init; }

    /// <summary>How often this row sends the same call again; <see cref="AsConfigured"/> that the options say it.</summary>
    public int Retries { get; init; }

    /// <summary>How long to wait before it is sent again.</summary>
    public RetryWait Wait { get; init; }

    /// <summary>Whether the failure counts against the host.</summary>
    public bool CountsInCircuit { get; init; }

    /// <summary>Whether nobody knows if the write was carried out: it surfaces as <see cref="ScmAmbiguousWriteException"/>.</summary>
    public bool IsFateUnknown { get; init; }

    /// <summary>How long the answer is remembered in place of a tree; zero means not at all.</summary>
    public TimeSpan RememberedFor { get; init; }

    /// <summary>What else the reader should know.</summary>
    public string? Note { get; init; }

    public bool Matches(OperationClass operation, RetryCondition conditions, ErrorReason reason, ErrorOrigin origin, int? status) =>
        (Classes & operation) != OperationClass.None
        && (When & conditions) == When
        && (Origin is null || Origin == origin)
        && (Reasons.Count == 0 || Reasons.Contains(reason))
        && (Statuses.Count == 0 || (status is { } known && Statuses.Contains(known)));
}
