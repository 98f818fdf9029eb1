using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// Looks for the task that a launch has started, by the mark in its prompt. Bounded: the newest tasks of the repository, of the last
/// day where an earlier launch of the same key may have been long ago. A task that could be the one and does not show its prompt
/// leaves the question open: then nothing is sent again.
/// </summary>
internal sealed class CopilotStarted(CopilotTasks tasks, TimeProvider timeProvider)
{
    private const int MaxListed = 300;
    private const int MaxRead = 100;
    private const int AtATime = 8;

    private static readonly TimeSpan RepeatedWithin = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The task; <see langword="null"/> when there is none.</summary>
    /// <exception cref="ScmAmbiguousWriteException">There is one of which nobody can tell.</exception>
    /// <exception cref="ScmException">It could not be looked for.</exception>
    public async Task<CopilotTaskWire?> FindAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        var since = (start.MayBeRepeated ? timeProvider.GetUtcNow() - RepeatedWithin : start.BeganAt) - ClockSkew;
        List<CopilotTaskWire> hidden = [];
        var listed = 0;
        await foreach (var task in tasks.ListAsync(start.Request.Repository, cancellationToken, since).ConfigureAwait(false))
        {
            if (IsMarked(task, start))
            {
                return task;
            }

            if (task.Prompts.Count == 0 && hidden.Count < MaxRead)
            {
                hidden.Add(task);
            }

            if (++listed == MaxListed)
            {
                break;
            }
        }

        return await FindAsync(start, hidden, since, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A list usually leaves the prompts out, so they are read one by one.</summary>
    private async Task<CopilotTaskWire?> FindAsync(CodingAgentStart start, List<CopilotTaskWire> hidden, DateTimeOffset since, CancellationToken cancellationToken)
    {
        CopilotTaskWire? unknown = null;
        foreach (var some in hidden.Chunk(AtATime))
        {
            var read = await Task.WhenAll(some.Select(task => ReadAsync(start, task, cancellationToken))).ConfigureAwait(false);
            if (read.FirstOrDefault(task => IsMarked(task, start)) is { } found)
            {
                return found;
            }

            unknown ??= read.FirstOrDefault(task => task.Prompts.Count == 0 && (task.CreatedAt is null || task.CreatedAt >= since));
        }

        return unknown is null ? null : throw CannotTell(start, unknown);
    }

    private async Task<CopilotTaskWire> ReadAsync(CodingAgentStart start, CopilotTaskWire task, CancellationToken cancellationToken)
    {
        try
        {
            return await tasks.ReadAsync(start.Request.Repository, task.Id, cancellationToken, isForLaunch: true).ConfigureAwait(false);
        }
        catch (ScmNotFoundException)
        {
            // Deleted since it was listed, or not known everywhere yet: it shows nothing.
            return task;
        }
    }

    // The key alone, because a server may change the comment around it.
    private static bool IsMarked(CopilotTaskWire task, CodingAgentStart start) =>
        task.Prompts.Any(prompt => prompt.Contains(start.Key, StringComparison.OrdinalIgnoreCase));

    private static ScmException CannotTell(CodingAgentStart start, CopilotTaskWire unknown) => ScmException.From(new ScmError
    {
        Reason = ErrorReason.Unknown,
        Origin = ErrorOrigin.Client,
        IsFateUnknown = true,
        Message = $"Not sent: the task {unknown.Id} of {start.Request.Repository} may be the one of an earlier request, and does not show its prompt.",
    });
}
