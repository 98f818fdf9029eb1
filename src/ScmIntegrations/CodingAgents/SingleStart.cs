using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.CodingAgents;

/// <summary>
/// Starts one agent for one key, whatever becomes of the requests: it looks before a launch that may be a repeated one, and after a request
/// whose end is unknown.
/// </summary>
internal sealed class SingleStart(CodingAgentClient agent, TimeProvider timeProvider)
{
    private const int MaxSends = 2;

    // A list may lag behind what was just created, so "not there" is believed after the third look.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)];

    public async Task<CodingAgentTask> RunAsync(CodingAgentStart start, InteractionScope scope, CancellationToken cancellationToken)
    {
        if (start.MayBeRepeated && !agent.IsStartIdempotent && await agent.FindStartedAsync(start, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return earlier with { WasStartedBefore = true };
        }

        for (var sends = 1; ; sends++)
        {
            try
            {
                return await agent.StartCoreAsync(start, cancellationToken).ConfigureAwait(false);
            }
            catch (ScmAmbiguousWriteException ambiguous)
            {
                var (found, isAbsent) = await LookAsync(start, scope, cancellationToken).ConfigureAwait(false);
                if (found is not null)
                {
                    return found with { WasStartedBefore = true };
                }

                if (!isAbsent || sends == MaxSends)
                {
                    throw;
                }

                scope.ReportWarning("a launch was sent again, because its first request had started nothing", ambiguous);
            }
        }
    }

    private async Task<(CodingAgentTask? Found, bool IsAbsent)> LookAsync(CodingAgentStart start, InteractionScope scope, CancellationToken cancellationToken)
    {
        try
        {
            // A server that keeps the key itself answers for it at once.
            foreach (var pause in agent.IsStartIdempotent ? Pauses.AsSpan(0, 1).ToArray() : Pauses)
            {
                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
                if (await agent.FindStartedAsync(start, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    return (found, false);
                }
            }

            return (null, true);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // That an agent may have been started is what the caller must know; that the look failed comes second.
            scope.ReportWarning("a launch with an unknown end could not be looked after", exception);
            return (null, false);
        }
    }
}
