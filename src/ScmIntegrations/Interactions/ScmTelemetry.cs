namespace ScmIntegrations.Interactions;

/// <summary>
/// Every name under which this library can be observed. The names are a contract:
/// <c>docs/telemetry.md</c> lists the same ones, and a test compares the two.
/// </summary>
public static class ScmTelemetry
{
    /// <summary>The name of the one <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "ScmIntegrations";

    /// <summary>The name of the one <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "ScmIntegrations";

    /// <summary>The log category of interactions.</summary>
    public const string InteractionsLogCategory = "ScmIntegrations.Interactions";

    /// <summary>What the name of an interaction's activity begins with; the interaction's own name follows.</summary>
    public const string ActivityNamePrefix = "scm.";

    /// <summary>Counter, in <c>{interaction}</c>: interactions started and ended. Never sampled.</summary>
    public const string InteractionsInstrument = "scm.interactions";

    /// <summary>Histogram, in seconds: from the start of an interaction to its outcome. Never sampled.</summary>
    public const string InteractionDurationInstrument = "scm.interaction.duration";

    /// <summary>Counter, in <c>{retry}</c>: attempts beyond the first of a call.</summary>
    public const string RetriesInstrument = "scm.retries";

    /// <summary>Counter, in <c>{read}</c>: reads of the cache, by what was found.</summary>
    public const string CacheReadsInstrument = "scm.cache.reads";

    /// <summary>Tag: the name of the interaction.</summary>
    public const string InteractionTag = "scm.interaction";

    /// <summary>Tag: the provider spoken to, for example <c>github</c>; absent when there is none.</summary>
    public const string ProviderTag = "scm.provider";

    /// <summary>Tag: the configured name of the client instance; absent when there is none.</summary>
    public const string ClientTag = "scm.client";

    /// <summary>Tag: <see cref="StartedValue"/> or the wire name of an <see cref="InteractionOutcome"/>.</summary>
    public const string OutcomeTag = "scm.outcome";

    /// <summary>Tag: what a read of the cache found: <c>hit</c>, <c>miss</c>, <c>stale</c> or <c>negative</c>.</summary>
    public const string CacheResultTag = "scm.cache.result";

    /// <summary>Tag: why an interaction did not succeed. The name is OpenTelemetry's.</summary>
    public const string ErrorTypeTag = "error.type";

    /// <summary>The value of <see cref="OutcomeTag"/> for an interaction that has begun.</summary>
    public const string StartedValue = "started";

    /// <summary>The value of <see cref="ErrorTypeTag"/> for the caller's own cancellation.</summary>
    public const string CancelledValue = "cancelled";

    /// <summary>The value of <see cref="ErrorTypeTag"/> for what has no name in the closed set. The value is OpenTelemetry's.</summary>
    public const string OtherValue = "_OTHER";
}
