using ScmIntegrations.Interactions;
using ScmIntegrations.Simulation.Tests.Running;

namespace ScmIntegrations.Simulation.Tests.Invariants;

/// <summary>What whoever watches may rely on.</summary>
internal static class InteractionInvariants
{
    private const string Failure = "failure";

    public static IEnumerable<string> EveryInteractionHasOneOutcome(RunRecord run) =>
        from interaction in run.Outcomes.GroupBy(one => one.Key.Interaction, StringComparer.Ordinal)
        let started = interaction.Where(one => one.Key.Outcome is ScmTelemetry.StartedValue).Sum(one => one.Value)
        let ended = interaction.Where(one => one.Key.Outcome is not ScmTelemetry.StartedValue).Sum(one => one.Value)
        where started != ended
        select $"{interaction.Key} was started {started} times and ended {ended} times";

    public static IEnumerable<string> EveryFailureIsReportedOnce(RunRecord run) =>
        from name in run.Outcomes.Keys.Select(key => key.Interaction).Distinct(StringComparer.Ordinal)
        let counted = run.Outcomes.GetValueOrDefault((name, Failure))
        let reported = run.Reports.Count(report => report.Outcome is InteractionOutcome.Failure && string.Equals(report.Descriptor.Name, name, StringComparison.Ordinal))
        where counted != reported
        select $"{name} failed {counted} times and was reported {reported} times";
}
