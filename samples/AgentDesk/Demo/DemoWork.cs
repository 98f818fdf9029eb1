using ScmIntegrations.Testing;

namespace AgentDesk.Demo;

/// <summary>Lets the agents work: each leaves the queue, and then ends, all but one with a pull request.</summary>
internal sealed class DemoWork(FakeGitHub gitHub, FakeCursor cursor)
{
    private const string Sorry = "The tests do not pass.";

    private int _pullRequests = 100;

    public int Started => gitHub.CopilotTasks.Count + cursor.Agents.Count;

    public void MoveOn()
    {
        foreach (var task in gitHub.CopilotTasks)
        {
            Move(task.State, "queued", "in_progress", task.Repository.FullName, () => task.Start(), () => task.Fail(Sorry), number => task.Complete(number));
        }

        foreach (var agent in cursor.Agents)
        {
            Move(agent.LatestRun.Status, "CREATING", "RUNNING", agent.Repository, agent.Run, () => agent.Fail(Sorry), number => agent.Finish(number));
        }
    }

    private void Move(string state, string queued, string running, string repository, Action run, Action fail, Action<int> finish)
    {
        if (state.Equals(queued, StringComparison.Ordinal))
        {
            run();
        }
        else if (!state.Equals(running, StringComparison.Ordinal))
        {
            // It has ended.
        }
        else if (repository.Equals(DemoRepositories.GivesUp, StringComparison.OrdinalIgnoreCase))
        {
            fail();
        }
        else
        {
            finish(Interlocked.Increment(ref _pullRequests));
        }
    }
}
