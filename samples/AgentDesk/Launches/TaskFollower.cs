using System.Collections.Concurrent;
using AgentDesk.Api;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;

namespace AgentDesk.Launches;

/// <summary>
/// Follows tasks to their end and writes every reading into the book. The agents' APIs are asked once a task however many people
/// watch, because the page reads the book.
/// </summary>
internal sealed class TaskFollower(LaunchBook book, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<(string Key, string Task), bool> _followed = new();

    /// <summary>How many tasks are followed just now.</summary>
    public int Following => _followed.Count;

    /// <summary>Follows a task, unless it is followed already: a launch that is sent again finds the tasks of the first.</summary>
    public void Follow(string key, ICodingAgentClient agent, CodingAgentLaunch launched)
    {
        if (_followed.TryAdd((key, launched.Task!.Id), true))
        {
            _ = FollowAsync(key, agent, launched);
        }
    }

    private async Task FollowAsync(string key, ICodingAgentClient agent, CodingAgentLaunch launched)
    {
        var repository = launched.Repository.FullName;
        var options = new CodingAgentWaitOptions
        {
            // A demonstration is watched. The library's own intervals, 5 s to 1 minute, spare the agent's rate limit.
            FirstInterval = TimeSpan.FromSeconds(1),
            MaxInterval = TimeSpan.FromSeconds(2),
            ReturnWhenInputIsNeeded = false,
            Progress = new Reading(task => book.Write(key, TaskAnswer.Of(repository, task))),
        };
        try
        {
            await agent.WaitAsync(launched.Task!.Id, options, lifetime.ApplicationStopping);
        }
        catch (ScmException trouble)
        {
            var lost = TaskAnswer.Of(launched);
            book.Write(key, lost with { State = "unknown", IsFinished = true, Error = trouble.Message });
        }
        catch (OperationCanceledException)
        {
            // The program ends; the agents go on.
        }
        finally
        {
            _followed.TryRemove((key, launched.Task!.Id), out _);
        }
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells in order.</summary>
    private sealed class Reading(Action<CodingAgentTask> take) : IProgress<CodingAgentTask>
    {
        public void Report(CodingAgentTask value) => take(value);
    }
}
