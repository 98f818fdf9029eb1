using ScmIntegrations.Errors;
using ScmIntegrations.Simulation.Tests.Running;
using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Invariants;

/// <summary>What a caller may rely on.</summary>
internal static class CallInvariants
{
    public static IEnumerable<string> EveryCallEnds(RunRecord run)
    {
        if (run.BrokenOff is { } reason)
        {
            yield return reason;
        }
    }

    public static IEnumerable<string> EveryEndIsAResultAnScmExceptionOrTheCallersOwnCancellation(RunRecord run) =>
        from call in run.Calls
        where call.Ending is CallEnding.SomethingElse
        select $"{call} (its caller {(call.CallerCancelled ? "had" : "had not")} cancelled) {call.Exception}";

    public static IEnumerable<string> EveryResultIsWhatGitHubHolds(RunRecord run) =>
        from call in run.Calls
        where call.WrongResult is not null
        select $"{call}: {call.WrongResult}";

    /// <summary>The deadline is one request's, its retries and waits included. Calls of more requests have it once for each.</summary>
    public static IEnumerable<string> NoCallOutlivesItsDeadline(RunRecord run) =>
        from call in run.Calls
        where call.Ending is not CallEnding.StillRunning && call.Duration > Bound(call, run.Scenario)
        select $"{call} took {call.Duration}, and may take {Bound(call, run.Scenario)}";

    private static TimeSpan Bound(CallRecord call, Scenario scenario) =>
        call.Plan.CancelsAfter is { } patience && call.CallerCancelled ? patience
        : call.Plan.Operation is Operation.GetRepository or Operation.SendGet or Operation.SendPut or Operation.SendPost && call.Exception is not ScmPermissionException ? scenario.Deadline
        : WaitBounds.Longest(call.Plan, scenario);
}
