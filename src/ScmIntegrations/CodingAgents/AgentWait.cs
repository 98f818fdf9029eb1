using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.CodingAgents;

/// <summary>Asks after a task until it has ended, at growing intervals, and no longer than until the deadline.</summary>
internal sealed class AgentWait(CodingAgentClient agent, TimeProvider timeProvider)
{
    private const double Growth = 1.5;

    public async Task<CodingAgentTask> RunAsync(string id, CodingAgentWaitOptions options, InteractionScope scope, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        CodingAgentTask? last = null;
        Exception? trouble = null;
        try
        {
            for (var interval = options.FirstInterval; ; interval = Longer(interval, options.MaxInterval))
            {
                var pause = interval;
                try
                {
                    // Also an agent that does not keep to its token is not waited for.
                    last = await agent.GetCoreAsync(id, last, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
                    trouble = null;
                    options.Progress?.Report(last);
                    if (last.IsFinished || (last.State is CodingAgentState.NeedsInput && options.ReturnWhenInputIsNeeded))
                    {
                        return last;
                    }
                }
                catch (ScmException passing) when (passing.Error.IsTransient)
                {
                    if (trouble is null)
                    {
                        scope.ReportWarning("a task could not be read; it is asked after again", passing);
                    }

                    trouble = passing;
                    pause = Later(pause, passing.RetryAt - timeProvider.GetUtcNow());
                }

                await Task.Delay(pause, timeProvider, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Late(id, options, last, trouble, scope);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            // The caller looks for its own token, not for the linked one.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
    }

    private static TimeSpan Longer(TimeSpan interval, TimeSpan most) => interval * Growth < most ? interval * Growth : most;

    private static TimeSpan Later(TimeSpan pause, TimeSpan? asked) => asked > pause ? asked.Value : pause;

    private static ScmException Late(string id, CodingAgentWaitOptions options, CodingAgentTask? last, Exception? trouble, InteractionScope scope)
    {
        var late = ScmException.From(
            new ScmError
            {
                Reason = ErrorReason.Timeout,
                Origin = ErrorOrigin.Client,
                Message = $"The task {id} had not ended after {options.Deadline.TotalSeconds:0.###} s; it was last seen {last?.State.ToString() ?? "never"}. It goes on: read it again later.",
            },
            trouble);

        // An agent that takes its time is nobody's fault.
        scope.RecordHalt(late);
        return late;
    }
}
