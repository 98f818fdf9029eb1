using Quickstart.Arguments;
using Quickstart.Output;

namespace Quickstart.Commands;

/// <summary>Lists repositories as their pages arrive.</summary>
internal static class ReposCommand
{
    public static async Task<int> RunAsync(CommandLine line, Session session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        await display.RunAsync("Listing repositories", async progress =>
        {
            var done = 0;
            await foreach (var repository in session.Client.ListRepositoriesAsync(line.Source, cancellationToken))
            {
                await report.ListAsync(repository);
                progress.Report(new ProgressStep(++done));
            }
        });
        await report.CompleteAsync();
        return ExitCode.Done;
    }
}
