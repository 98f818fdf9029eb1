using ScmIntegrations.Errors;

namespace ScmIntegrations.Interactions;

/// <summary>Why an interaction did not succeed, twice: in full for logs and reports, and from a closed set for tags.</summary>
/// <param name="Reason">In full.</param>
/// <param name="ErrorType">The value of <c>error.type</c>.</param>
internal readonly record struct InteractionCause(string Reason, string ErrorType)
{
    // A sentence may hold an id, and an id in a tag makes a metric without bound.
    public static InteractionCause Of(string reason) =>
        new(reason, TelemetryWord.IsWord(reason) ? reason : ScmTelemetry.OtherValue);

    public static InteractionCause Of(Exception exception, CancellationToken callersToken) => exception switch
    {
        ScmException known => Of(known.Reason.ToName()),
        _ when IsCallersCancellation(exception, callersToken) => Of(ScmTelemetry.CancelledValue),
        _ => new(exception.GetType().FullName ?? exception.GetType().Name, ScmTelemetry.OtherValue),
    };

    /// <summary>
    /// A cancellation is the caller's when the caller's token says so. Without a token every cancellation is taken
    /// for the caller's, save the one by which HttpClient says "timeout".
    /// </summary>
    public static bool IsCallersCancellation(Exception exception, CancellationToken callersToken) =>
        exception is OperationCanceledException
        && (callersToken.CanBeCanceled
            ? callersToken.IsCancellationRequested
            : exception.InnerException is not TimeoutException);
}
