using OctokitInterop.Tour;
using ScmIntegrations.Interactions;

namespace OctokitInterop.Steps;

/// <summary>Every call was an interaction, by its own name where it has one.</summary>
internal static class Counted
{
    public static Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        var counts = stage.Interactions.Read();
        foreach (var ended in counts.Where(count => count.Key.Outcome is not ScmTelemetry.StartedValue))
        {
            findings.Say($"       {ended.Key.Interaction,-16} {ended.Key.Outcome,-8} {ended.Value}");
        }

        var started = counts.Where(count => count.Key.Outcome is ScmTelemetry.StartedValue).Sum(count => count.Value);
        var ends = counts.Sum(count => count.Value) - started;
        findings.Check(started == ends, $"{started} interactions were started, and {ends} have ended");
        findings.Check(counts.Where(count => count.Key.Outcome is "failure").Sum(count => count.Value) == 1, "one of them is a failure, for which somebody should look: a name that nobody had checked. The others had ends that one expects");
        return Task.CompletedTask;
    }
}
