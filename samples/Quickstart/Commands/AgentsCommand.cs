using System.Runtime.CompilerServices;
using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.GitHub;

namespace Quickstart.Commands;

/// <summary>Lists an agent's tasks, or reads those that are named, and waits for their end when told to.</summary>
internal static class AgentsCommand
{
    public static async Task<int> RunAsync(AgentArguments arguments, AgentSession session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        await display.RunAsync(arguments.Wait ? "Waiting" : "Reading tasks", async progress =>
        {
            var count = 0;
            await foreach (var task in ReadAsync(arguments, session, cancellationToken))
            {
                await report.TaskAsync(task);
                progress.Report(new ProgressStep(++count));
            }
        });
        await report.CompleteAsync();
        return ExitCode.Done;
    }

    private static async IAsyncEnumerable<CodingAgentTask> ReadAsync(
        AgentArguments arguments,
        AgentSession session,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in arguments.TaskIds)
        {
            yield return arguments.Wait
                ? await session.Agent.WaitAsync(id, cancellationToken: cancellationToken)
                : await session.Agent.GetAsync(id, cancellationToken);
        }

        RepositoryRef?[] lists = arguments is { TaskIds: [], Repositories: [] } ? [null] : [.. arguments.Repositories];
        foreach (var repository in lists)
        {
            await foreach (var task in session.Agent.ListAsync(repository, cancellationToken))
            {
                yield return task;
            }
        }
    }
}
