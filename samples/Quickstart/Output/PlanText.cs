using System.Globalization;
using ScmIntegrations.GitHub.Trees;

namespace Quickstart.Output;

/// <summary>A plan in words.</summary>
internal static class PlanText
{
    public static IEnumerable<string> Lines(TreeScanPlan plan)
    {
        yield return Say($"{plan.Repositories:N0} repositories{(plan.IsListComplete ? "" : ", and the list ended early")}: {plan.Current:N0} current, {plan.ToRead:N0} to read, {plan.ToCheck:N0} to check one by one, {plan.Refused:N0} refused of late.");
        yield return plan.LeastRequests == plan.MostRequests
            ? Say($"The scan takes {plan.MostRequests:N0} requests.")
            : Say($"The scan takes from {plan.LeastRequests:N0} to {plan.MostRequests:N0} requests.");
        yield return plan is { Limit: { } limit, Remaining: { } remaining, RemainingAfter: { } after, ResetsAt: { } reset }
            ? Say($"Of {limit:N0} an hour {remaining:N0} are left until {reset.UtcDateTime:HH:mm:ss} UTC; afterwards at least {after:N0}. {plan.Reserved:N0} are kept for others.")
            : "No limit is known.";
        yield return plan.Windows > 1
            ? Say($"That takes {plan.Windows} windows of the limit; go on after each reset, with --checkpoint FILE. Done about {plan.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
            : Say($"Done about {plan.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
