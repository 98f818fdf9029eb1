using Quickstart.Output;
using ScmIntegrations.Errors;

namespace Quickstart.Commands;

/// <summary>Says which installations of an App have not granted what it wants.</summary>
internal static class AuditCommand
{
    public static async Task<int> RunAsync(Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var tally = new AuditTally();
        ScmIncompleteListException? incomplete = null;
        await display.RunAsync("Auditing installations", async progress =>
        {
            try
            {
                await foreach (var audit in session.App.AuditInstallationsAsync(cancellationToken: cancellationToken))
                {
                    tally = tally.With(audit);
                    await report.AuditAsync(audit);
                    progress.Report(new ProgressStep(tally.Installations));
                }
            }
            catch (ScmIncompleteListException early)
            {
                // What was listed has been looked at; that there was more is said before the summary.
                incomplete = early;
            }
        });
        if (incomplete is not null)
        {
            await report.FailAsync(incomplete);
        }

        await report.SummarizeAsync(tally, session.Spent());
        return incomplete is null ? ExitCode.Done : ExitCode.NotRead;
    }
}
