using ScmIntegrations.Interactions;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>
/// What goes beside a launch and must neither fail it nor hold it up: each piece is an interaction, bounded in time, and its trouble is logged,
/// reported as a warning and told to the caller.
/// </summary>
internal sealed class SideWork(IInteractions interactions, TimeProvider timeProvider)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>Does it.</summary>
    /// <param name="name">The interaction's name.</param>
    /// <param name="trouble">What to say when it fails.</param>
    /// <param name="work">The work.</param>
    /// <param name="warnings">Takes the trouble.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>What it gave; <see langword="null"/> when it failed, or was cancelled.</returns>
    public async Task<T?> TryAsync<T>(string name, string trouble, Func<CancellationToken, Task<T?>> work, List<string> warnings, CancellationToken cancellationToken)
        where T : class
    {
        using var bound = new CancellationTokenSource(Bound, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        using var scope = interactions.Start(new InteractionDescriptor(name), cancellationToken);
        try
        {
            return await work(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var told = exception is OperationCanceledException && bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested
                ? new TimeoutException($"It took longer than {Bound.TotalSeconds:0} s.", exception)
                : exception;
            scope.ReportWarning(trouble, told);
            scope.RecordHalt(told);
            warnings.Add($"{char.ToUpperInvariant(trouble[0])}{trouble[1..]}: {SafeText.Of(told)}");
            return null;
        }
    }
}
