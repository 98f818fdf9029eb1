using System.Threading.Channels;
using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.CodingAgents.Launching;

namespace Quickstart.Commands;

/// <summary>Launches an agent at repositories, and tells of each as it is done.</summary>
internal static class LaunchCommand
{
    public static async Task<int> RunAsync(AgentArguments arguments, AgentSession session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var batch = arguments.Batch!;
        var total = batch.Targets.DistinctBy(target => target.Repository).Count();
        CodingAgentLaunchResult? result = null;
        await display.RunAsync("Launching", async progress =>
        {
            var done = new Done();
            var launching = done.EndAsync(session.Launcher.LaunchAsync(session.Agent, batch, done, cancellationToken));
            var count = 0;
            await foreach (var launch in done.Launches)
            {
                await report.LaunchAsync(launch);
                progress.Report(new ProgressStep(++count, total));
            }

            result = await launching;
        });
        await report.SummarizeAsync(result!, session.Spent());
        return result!.IsCancelled ? ExitCode.Cancelled : result.Success ? ExitCode.Done : ExitCode.NotRead;
    }

    /// <summary>Brings what the launcher tells from its threads into one line.</summary>
    private sealed class Done : IProgress<CodingAgentLaunch>
    {
        private readonly Channel<CodingAgentLaunch> _launches = Channel.CreateUnbounded<CodingAgentLaunch>();

        public IAsyncEnumerable<CodingAgentLaunch> Launches => _launches.Reader.ReadAllAsync();

        public void Report(CodingAgentLaunch value) => _launches.Writer.TryWrite(value);

        public async Task<CodingAgentLaunchResult> EndAsync(Task<CodingAgentLaunchResult> launching)
        {
            try
            {
                return await launching;
            }
            finally
            {
                _launches.Writer.Complete();
            }
        }
    }
}
