namespace ScmIntegrations.Interactions;

/// <summary>What an <see cref="IFailureReporter"/> is told.</summary>
public sealed record FailureReport
{
    /// <summary>What the interaction is called.</summary>
    public required InteractionDescriptor Descriptor { get; init; }

    /// <summary>How it ended; <see langword="null"/> for a warning from an interaction that is still running.</summary>
    public required InteractionOutcome? Outcome { get; init; }

    /// <summary>How loud the report is.</summary>
    public required FailureSeverity Severity { get; init; }

    /// <summary>Why: the wire name of an error's reason, the words that were recorded, or the type name of a foreign exception.</summary>
    public required string Reason { get; init; }

    /// <summary>The exception, where there is one.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The facts of the descriptor, overlaid by those set on the scope.</summary>
    public required IReadOnlyDictionary<string, object?> Extras { get; init; }

    /// <summary>The trace the interaction belongs to, as 32 hexadecimal digits; <see langword="null"/> when nobody traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>The interaction's span (or, when it is not sampled, its parent's), as 16 hexadecimal digits; <see langword="null"/> when nobody traces.</summary>
    public string? SpanId { get; init; }

    /// <summary>How long the interaction took, or has been running.</summary>
    public required TimeSpan Duration { get; init; }
}
