using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.GitHub.Trees;

namespace Quickstart.Commands;

/// <summary>Reads all trees through the cache, as often as asked, or says what that would cost.</summary>
internal static class ScanCommand
{
    public static async Task<int> RunAsync(CommandLine line, Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var options = new TreeScanOptions { Source = line.Source, Concurrency = line.Concurrency };
        if (line.Plan)
        {
            var plan = await session.Client.PlanScanAsync(options, cancellationToken);
            await report.PlanAsync(plan);
            return plan.IsListComplete ? ExitCode.Done : ExitCode.NotRead;
        }

        return line.CheckpointFile is { } file
            ? await ResumeAsync(file, options, session, report, display, cancellationToken)
            : await RepeatAsync(line.Passes, options, session, report, display, cancellationToken);
    }

    private static async Task<int> RepeatAsync(int passes, TreeScanOptions options, Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Done;
        for (var pass = 1; pass <= passes; pass++)
        {
            var scanned = await ScanPass.RunAsync(pass, options, session, report, display, cancellationToken);
            exitCode = scanned.IsRead ? exitCode : ExitCode.NotRead;
        }

        return exitCode;
    }

    private static async Task<int> ResumeAsync(string file, TreeScanOptions options, Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var checkpoint = await CheckpointFile.ReadAsync(file, cancellationToken);
        try
        {
            return await RepeatAsync(1, options with { Checkpoint = checkpoint }, session, report, display, cancellationToken);
        }
        finally
        {
            // Also when it is stopped: that is what it is for.
            CheckpointFile.Write(file, checkpoint);
        }
    }
}
