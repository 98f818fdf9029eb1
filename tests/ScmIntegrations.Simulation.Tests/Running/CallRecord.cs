using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>How a call ended.</summary>
internal enum CallEnding
{
    StillRunning,
    Result,
    ScmError,
    Cancelled,
    SomethingElse,
}

/// <summary>What became of a call.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; when the run did, for one that did not.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Exception">What it threw.</param>
/// <param name="CallerCancelled">Whether its caller had given up by then.</param>
/// <param name="WrongResult">What is wrong with its result; <see langword="null"/> when nothing is.</param>
internal sealed record CallRecord(
    PlannedCall Plan,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    CallEnding Ending,
    Exception? Exception,
    bool CallerCancelled,
    string? WrongResult)
{
    public TimeSpan Duration => EndedAt - StartedAt;

    public override string ToString() =>
        $"{Plan} → {Ending} at {EndedAt:HH:mm:ss.fff}" + (Exception is null ? "" : $" {Exception.GetType().Name}: {Exception.Message}");
}
