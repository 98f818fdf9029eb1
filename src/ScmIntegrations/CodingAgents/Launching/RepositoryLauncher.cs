using Microsoft.Extensions.Logging;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>Launches an agent at one repository. Whatever happens becomes the repository's result, and never an exception.</summary>
internal sealed partial class RepositoryLauncher(SideWork sideWork, LaunchFailures failures, ICodingAgentStore? store, TimeProvider timeProvider, ILogger logger)
{
    // What was under way when the time was up may be done a moment later, and then it is not lost.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public async Task<CodingAgentLaunch> LaunchAsync(
        ICodingAgentClient agent,
        CodingAgentRequest request,
        CodingAgentTarget target,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        var launched = new CodingAgentLaunch(request.Repository) { Warnings = warnings };
        var launchKey = CodingAgentStart.Of(agent.Name, request, timeProvider.GetUtcNow()).Key;
        var isNew = request.IsKeyNew || cancellationToken.IsCancellationRequested;
        if (!isNew && await FindAsync(launchKey, warnings, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return launched with { Task = kept with { WasStartedBefore = true } };
        }

        // Not earlier: the batch may have been cancelled while the store was asked.
        if (cancellationToken.IsCancellationRequested)
        {
            return launched with { Failure = LaunchFailures.NotTried(target) };
        }

        using var end = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        Task<CodingAgentTask>? start = null;
        try
        {
            // Also an agent that does not keep to its token is not waited for.
            start = StartAsync(agent, request, either.Token);
            var task = await InTimeAsync(start, either.Token).ConfigureAwait(false);
            await SaveAsync(launchKey, task, warnings).ConfigureAwait(false);
            return launched with { Task = task };
        }
        catch (Exception exception)
        {
            var stopped = exception is OperationCanceledException
                ? cancellationToken.IsCancellationRequested ? LaunchStop.Cancelled : end.IsCancellationRequested ? LaunchStop.TimedOut : LaunchStop.None
                : LaunchStop.None;
            if (start is { IsCompleted: false })
            {
                _ = KeepLateAsync(start, launchKey, request);
            }

            var failure = await failures.ExplainAsync(agent, target, exception, stopped, timeout, warnings, cancellationToken).ConfigureAwait(false);
            return launched with { Failure = failure };
        }
    }

    private static async Task<CodingAgentTask> StartAsync(ICodingAgentClient agent, CodingAgentRequest request, CancellationToken cancellationToken) =>
        await agent.StartAsync(request, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{agent.Name} answered the launch without a task.");

    private async Task<CodingAgentTask> InTimeAsync(Task<CodingAgentTask> start, CancellationToken stop)
    {
        try
        {
            return await start.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAny(start, Task.Delay(Grace, timeProvider, CancellationToken.None)).ConfigureAwait(false);
            if (start.IsCompleted)
            {
                return await start.ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<CodingAgentTask?> FindAsync(string launchKey, List<string> warnings, CancellationToken cancellationToken) =>
        store is null
            ? null
            : await sideWork.TryAsync("find_launch", "what an earlier launch had started could not be looked up", token => store.FindAsync(launchKey, token).AsTask(), warnings, cancellationToken).ConfigureAwait(false);

    // Not by the caller's token: the agent runs, and that is to be remembered.
    private async Task SaveAsync(string launchKey, CodingAgentTask task, List<string> warnings)
    {
        if (store is not null)
        {
            await sideWork.TryAsync<CodingAgentTask>(
                "save_launch",
                "the agent was launched, but its task could not be kept",
                async token =>
                {
                    await store.SaveAsync(launchKey, task, token).ConfigureAwait(false);
                    return task;
                },
                warnings,
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task KeepLateAsync(Task<CodingAgentTask> start, string launchKey, CodingAgentRequest request)
    {
        try
        {
            var task = await start.ConfigureAwait(false);
            LaunchedLate(logger, task.Agent, request.Repository.FullName, task.Id);
            await SaveAsync(launchKey, task, []).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // It was told as a failure already; nobody waits for it any more.
            FailedLate(logger, exception, request.Repository.FullName);
        }
    }

    [LoggerMessage(EventId = 1502, Level = LogLevel.Warning, Message = "{Agent} was launched at {Repository} after its launch had been given up: {TaskId}.")]
    private static partial void LaunchedLate(ILogger logger, string agent, string repository, string taskId);

    [LoggerMessage(EventId = 1503, Level = LogLevel.Debug, Message = "A launch at {Repository} that had been given up failed.")]
    private static partial void FailedLate(ILogger logger, Exception exception, string repository);
}

/// <summary>Who ended a launch before the agent answered.</summary>
internal enum LaunchStop
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The caller.</summary>
    Cancelled,

    /// <summary>The launch's own time.</summary>
    TimedOut,
}
