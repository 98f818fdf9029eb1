using System.Globalization;
using ScmIntegrations.Errors;

namespace Quickstart.Output;

/// <summary>An error in the words of the JSON lines. The names are a contract.</summary>
internal record ErrorFacts(
    string Type, string Reason, string Origin, int? Status, string? RetryAt, string? RequestId, string? FixUrl, string Message, string Owner, string Advice)
{
    public static ErrorFacts From(Exception exception, SecretMask mask)
    {
        // What is not the library's own is a bug or this machine's trouble: nobody sent it.
        var error = (exception as ScmException)?.Error
            ?? new ScmError { Reason = ErrorReason.Unknown, Origin = ErrorOrigin.Client, Message = exception.Message };
        return new ErrorFacts(
            exception.GetType().Name,
            error.Reason.ToName(),
            error.Origin.ToName(),
            (int?)error.Status,
            error.RetryAt is { } retryAt ? Format(retryAt) : null,
            error.RequestId is { } requestId ? mask.Clean(requestId) : null,
            error.FixUrl?.AbsoluteUri,
            mask.Clean(exception.Message),
            error.Acts.ToName(),
            error.Advice);
    }

    /// <summary>Whole seconds, rounded up: every reader of ISO 8601 knows the form, and nobody comes a moment too early.</summary>
    public static string Format(DateTimeOffset time) => (time > DateTimeOffset.MaxValue.AddSeconds(-1) ? time : time.AddTicks(TimeSpan.TicksPerSecond - 1)).UtcDateTime
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
