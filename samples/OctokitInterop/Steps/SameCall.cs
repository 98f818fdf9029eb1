using OctokitInterop.Tour;
using ScmIntegrations.Interactions;

namespace OctokitInterop.Steps;

/// <summary>Two pages, one interaction.</summary>
internal static class SameCall
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        var issues = await stage.InteractionBoard.ListOpenAsync("acme", "checkout", cancellationToken);

        var counts = stage.Interactions.Read();
        findings.Check(issues.Count == 3, $"the same {issues.Count} issues");
        findings.Check(counts.GetValueOrDefault(("list_issues", ScmTelemetry.StartedValue)) == 1, "one interaction for both pages, by the name of list_issues");
    }
}
