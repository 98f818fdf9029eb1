using Microsoft.Extensions.Logging;

namespace ScmIntegrations.Interactions;

/// <summary>The log lines of interactions. Event ids, levels and field names are listed in <c>docs/telemetry.md</c>.</summary>
internal sealed partial class InteractionLog(ILogger logger)
{
    [LoggerMessage(1001, LogLevel.Debug,
        "Interaction {Interaction} of {Provider} by {Client} ended as {Outcome} after {DurationSeconds} s. {Extras}")]
    public partial void Succeeded(
        string interaction, string? provider, string? client, string outcome, double durationSeconds, IReadOnlyDictionary<string, object?> extras);

    // An expected ending gets its text and no stack: a stack in a log looks like trouble.
    [LoggerMessage(1002, LogLevel.Information,
        "Interaction {Interaction} of {Provider} by {Client} ended as {Outcome} ({Reason}) after {DurationSeconds} s. {Summary} {Extras}")]
    public partial void Halted(
        string interaction, string? provider, string? client, string outcome, string? reason, double durationSeconds, string? summary,
        IReadOnlyDictionary<string, object?> extras);

    [LoggerMessage(1003, LogLevel.Warning,
        "Interaction {Interaction} of {Provider} by {Client} ended as {Outcome} ({Reason}) after {DurationSeconds} s. {Extras}")]
    public partial void Failed(
        Exception? exception, string interaction, string? provider, string? client, string outcome, string? reason, double durationSeconds,
        IReadOnlyDictionary<string, object?> extras);

    [LoggerMessage(1004, LogLevel.Warning,
        "Interaction {Interaction} has already ended as {Outcome}; recording {IgnoredOutcome} ({Reason}) is ignored, and so is any later outcome.")]
    public partial void EndedAgain(string interaction, string outcome, string ignoredOutcome, string? reason);

    [LoggerMessage(1005, LogLevel.Debug, "Interaction {Interaction} threw after it had ended as {Outcome}; the outcome stays.")]
    public partial void ThrewAfterEnd(Exception exception, string interaction, string outcome);

    [LoggerMessage(1006, LogLevel.Warning, "Failure reporter {Reporter} threw; the report for interaction {Interaction} is lost there.")]
    public partial void ReporterThrew(Exception exception, string? reporter, string interaction);

    [LoggerMessage(1007, LogLevel.Warning, "Interaction {Interaction} of {Provider} by {Client} handled a trouble: {Reason}. {Extras}")]
    public partial void TroubleHandled(
        Exception? exception, string interaction, string? provider, string? client, string reason, IReadOnlyDictionary<string, object?> extras);

    [LoggerMessage(1008, LogLevel.Warning, "Outcome override {Override} threw; it is passed over.")]
    public partial void OverrideThrew(Exception exception, string? @override);
}
