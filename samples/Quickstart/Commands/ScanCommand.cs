using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.GitHub.Trees;

namespace Quickstart.Commands;

/// <summary>Reads all trees through the cache, as often as asked.</summary>
internal static class ScanCommand
{
    public static async Task<int> RunAsync(CommandLine line, Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var options = new TreeScanOptions { Source = line.Source, Concurrency = line.Concurrency };
        var exitCode = ExitCode.Done;
        for (var pass = 1; pass <= line.Passes; pass++)
        {
            var scanned = await ScanPass.RunAsync(pass, options, session, report, display, cancellationToken);
            exitCode = scanned.IsRead ? exitCode : ExitCode.NotRead;
        }

        return exitCode;
    }
}
