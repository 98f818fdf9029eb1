using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// Looks for the task that a launch has started, by the mark in its prompt. Bounded: the hundred newest tasks of the repository, of the last
/// day where an earlier launch of the same key may have been long ago.
/// </summary>
internal sealed class CopilotStarted(CopilotTasks tasks, TimeProvider timeProvider)
{
    private const int Newest = 100;
    private const int AtATime = 8;

    private static readonly TimeSpan RepeatedWithin = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The task; <see langword="null"/> when there is none.</summary>
    /// <exception cref="ScmException">It could not be looked for.</exception>
    public async Task<CopilotTaskWire?> FindAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        var since = (start.MayBeRepeated ? timeProvider.GetUtcNow() - RepeatedWithin : start.BeganAt) - ClockSkew;
        var newest = await tasks.ReadNewestAsync(start.Request.Repository, Newest, since, cancellationToken).ConfigureAwait(false);
        if (newest.FirstOrDefault(task => IsMarked(task, start)) is { } listed)
        {
            return listed;
        }

        // A list usually leaves the prompts out, so they are read one by one.
        foreach (var some in newest.Where(task => task.Prompts is not { Count: > 0 } && (task.CreatedAt is null || task.CreatedAt >= since)).Chunk(AtATime))
        {
            var read = await Task.WhenAll(some.Select(task => ReadAsync(start, task.Id, cancellationToken))).ConfigureAwait(false);
            if (read.FirstOrDefault(task => task is not null && IsMarked(task, start)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<CopilotTaskWire?> ReadAsync(CodingAgentStart start, string taskId, CancellationToken cancellationToken)
    {
        try
        {
            return await tasks.ReadAsync(start.Request.Repository, taskId, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmNotFoundException)
        {
            // Deleted since it was listed.
            return null;
        }
    }

    // The key alone, because a server may change the comment around it.
    private static bool IsMarked(CopilotTaskWire task, CodingAgentStart start) =>
        task.Prompts?.Any(prompt => prompt.Contains(start.Key, StringComparison.OrdinalIgnoreCase)) is true;
}
