namespace ScmIntegrations.Interactions;

/// <summary>
/// Runs code as an interaction: it is started, then ends exactly once as success, halt or failure, whatever the code does.
/// Every start and every end is counted, traced and logged, and a failure is reported.
/// </summary>
public interface IInteractions
{
    /// <summary>The interaction that the running code belongs to; <see langword="null"/> outside of any.</summary>
    InteractionScope? Current { get; }

    /// <summary>
    /// Runs <paramref name="body"/> as an interaction. If it returns, the interaction is a success; if it throws, the kind of
    /// exception decides between halt and failure, and the same exception reaches the caller. An outcome that the body
    /// records itself wins over both.
    /// </summary>
    /// <typeparam name="T">What the body returns.</typeparam>
    /// <param name="descriptor">What the interaction is called.</param>
    /// <param name="body">The code to run.</param>
    /// <param name="cancellationToken">
    /// The caller's token, to tell its cancellation (a halt) from a timeout of somebody else (a failure).
    /// It does not stop the body: that reads <see cref="InteractionScope.CancellationToken"/>.
    /// </param>
    /// <returns>What the body returned.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>; nothing was started.</exception>
    Task<T> RunAsync<T>(InteractionDescriptor descriptor, Func<InteractionScope, Task<T>> body, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunAsync{T}(InteractionDescriptor, Func{InteractionScope, Task{T}}, CancellationToken)"/>
    /// <returns>A task that ends with the body.</returns>
    Task RunAsync(InteractionDescriptor descriptor, Func<InteractionScope, Task> body, CancellationToken cancellationToken = default);

    /// <summary>
    /// Starts an interaction for code that cannot be a delegate, such as an async iterator. The caller must dispose the scope,
    /// and must record what it catches: a scope that is disposed without an outcome is a success.
    /// </summary>
    /// <param name="descriptor">What the interaction is called.</param>
    /// <param name="cancellationToken">The caller's token, to recognise its cancellation.</param>
    /// <returns>The running interaction, which is <see cref="Current"/> until it is disposed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="descriptor"/> is <see langword="null"/>.</exception>
    InteractionScope Start(InteractionDescriptor descriptor, CancellationToken cancellationToken = default);
}
