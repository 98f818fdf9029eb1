using Quickstart.Counting;
using Quickstart.Output;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;

namespace Quickstart.Commands;

/// <summary>One pass of a scan: a reading for every repository, then what the pass cost.</summary>
/// <param name="Readings">What was found, in order of arrival.</param>
/// <param name="Cost">What this pass alone cost.</param>
/// <param name="IsRead">Whether everything asked for was read.</param>
internal sealed record ScanPass(IReadOnlyList<RepositoryReading> Readings, Cost Cost, bool IsRead)
{
    public static async Task<ScanPass> RunAsync(
        int pass, TreeScanOptions options, Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var before = session.Spent();
        var readings = new List<RepositoryReading>();
        ScmIncompleteListException? incomplete = null;
        await display.RunAsync($"Pass {pass}", async progress =>
        {
            try
            {
                await foreach (var result in session.Client.ScanTreesAsync(options with { Progress = new Steps(progress) }, cancellationToken))
                {
                    var reading = RepositoryReading.Of(pass, result);
                    readings.Add(reading);
                    await report.ReadAsync(reading);
                }
            }
            catch (ScmIncompleteListException early)
            {
                // What was listed has been read; that there was more is said before the summary.
                incomplete = early;
            }
        });
        if (incomplete is not null)
        {
            await report.FailAsync(incomplete);
        }

        var cost = session.Spent() - before;
        await report.SummarizeAsync(pass, cost);
        return new ScanPass(readings, cost, incomplete is null && readings.TrueForAll(reading => reading.IsRead));
    }

    /// <summary>Passes progress on at once; <see cref="Progress{T}"/> would do so later, and out of order.</summary>
    private sealed class Steps(IProgress<ProgressStep> progress) : IProgress<TreeScanProgress>
    {
        public void Report(TreeScanProgress value) => progress.Report(new ProgressStep(value.Done, value.Total));
    }
}
