using Microsoft.Extensions.Logging;

namespace ScmIntegrations.Interactions;

/// <summary>Runs interactions. A singleton: it holds which interaction is current.</summary>
/// <param name="telemetry">The meter and the activity source.</param>
/// <param name="reporters">Who is told of failures; may be empty.</param>
/// <param name="loggerFactory">Makes the logger. A factory, because the category is a contract and not this class's name.</param>
/// <param name="timeProvider">Measures durations.</param>
/// <param name="outcomes">Decides how an exception ends an interaction.</param>
/// <param name="random">Draws for log sampling, safe for concurrent use; <see cref="Random.Shared"/> by default.</param>
internal sealed class InteractionRunner(
    InteractionTelemetry telemetry,
    IEnumerable<IFailureReporter> reporters,
    ILoggerFactory loggerFactory,
    TimeProvider timeProvider,
    InteractionOutcomes outcomes,
    Random? random = null) : IInteractions
{
    private readonly AmbientInteraction _ambient = new();
    private readonly InteractionObservers _observers = new(
        telemetry, reporters, loggerFactory.CreateLogger(ScmTelemetry.InteractionsLogCategory), random ?? Random.Shared, outcomes);

    // Work that an interaction left behind still carries it, and must not join what is over.
    public InteractionScope? Current => _ambient.Current is { IsDisposed: false } running ? running : null;

    public Task<T> RunAsync<T>(InteractionDescriptor descriptor, Func<InteractionScope, Task<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(body);
        return RunBodyAsync(descriptor, body, cancellationToken);
    }

    public Task RunAsync(InteractionDescriptor descriptor, Func<InteractionScope, Task> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(body);
        return RunBodyAsync(descriptor, async scope =>
        {
            await body(scope).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }

    public InteractionScope Start(InteractionDescriptor descriptor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return new(descriptor, _observers, _ambient, timeProvider, cancellationToken);
    }

    private async Task<T> RunBodyAsync<T>(InteractionDescriptor descriptor, Func<InteractionScope, Task<T>> body, CancellationToken cancellationToken)
    {
        using var scope = Start(descriptor, cancellationToken);
        try
        {
            return await body(scope).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            scope.EndWithThrown(exception);
            throw;
        }
    }
}
