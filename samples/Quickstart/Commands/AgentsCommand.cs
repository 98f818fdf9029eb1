using System.Runtime.CompilerServices;
using Quickstart.Arguments;
using Quickstart.Output;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace Quickstart.Commands;

/// <summary>Lists an agent's tasks, or reads those that are named, and waits for their end when told to.</summary>
internal static class AgentsCommand
{
    public static async Task<int> RunAsync(AgentArguments arguments, AgentSession session, IReport report, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var failed = false;
        await display.RunAsync(arguments.Wait ? "Waiting" : "Reading tasks", async progress =>
        {
            var count = 0;
            foreach (var asked in Questions(arguments, session, cancellationToken))
            {
                try
                {
                    await foreach (var task in asked)
                    {
                        await report.TaskAsync(task);
                        progress.Report(new ProgressStep(++count));
                    }
                }
                catch (Exception error) when (error is ScmException or ArgumentException)
                {
                    // One that cannot be read does not hide the others.
                    failed = true;
                    await report.FailAsync(error);
                }
            }
        });
        await report.CompleteAsync();
        return failed ? ExitCode.NotRead : ExitCode.Done;
    }

    /// <summary>Each task that is named and each list on its own.</summary>
    private static IEnumerable<IAsyncEnumerable<CodingAgentTask>> Questions(AgentArguments arguments, AgentSession session, CancellationToken cancellationToken)
    {
        RepositoryRef?[] lists = arguments is { TaskIds: [], Repositories: [] } ? [null] : [.. arguments.Repositories];
        return arguments.TaskIds.Select(id => ReadAsync(id, arguments.Wait, session, cancellationToken))
            .Concat(lists.Select(repository => session.Agent.ListAsync(repository, cancellationToken)));
    }

    private static async IAsyncEnumerable<CodingAgentTask> ReadAsync(string id, bool wait, AgentSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return wait ? await session.Agent.WaitAsync(id, cancellationToken: cancellationToken) : await session.Agent.GetAsync(id, cancellationToken);
    }
}
