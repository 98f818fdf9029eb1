using Microsoft.Extensions.Logging;

namespace ScmIntegrations.Resilience.Sharing;

/// <summary>What is told of the stores that instances share. A log that throws changes nothing.</summary>
internal sealed partial class StoreLog(ILogger logger)
{
    /// <summary>An outage has begun.</summary>
    public void Failed(string store, string operation, Exception exception) => Tell(() => StoreFailed(logger, exception, store, operation));

    /// <summary>The outage goes on.</summary>
    public void FailedAgain(string store, string operation, Exception exception) => Tell(() => StoreFailedAgain(logger, exception, store, operation));

    /// <summary>The store answers again.</summary>
    public void Recovered(string store) => Tell(() => StoreRecovered(logger, store));

    /// <summary>A value was not written, because it is too large.</summary>
    public void TooLarge(string store, string kind, long limitBytes) => Tell(() => ValueTooLarge(logger, store, kind, limitBytes));

    /// <summary>A value was not written, because too many are being written.</summary>
    public void Dropped(string store, string kind) => Tell(() => WriteDropped(logger, store, kind));

    /// <summary>A value was not understood.</summary>
    public void NotUnderstood(string store, string kind) => Tell(() => ValueNotUnderstood(logger, store, kind));

    /// <summary>A value could not be made ready to be written.</summary>
    public void NotPacked(string store, string kind, Exception exception) => Tell(() => ValueNotPacked(logger, exception, store, kind));

    private static void Tell(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception)
        {
            // See the summary of the class.
        }
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning,
        Message = "The {Store} failed to {Operation}. Calls go on without it; it is tried again every few seconds.")]
    private static partial void StoreFailed(ILogger logger, Exception exception, string store, string operation);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Debug, Message = "The {Store} still fails to {Operation}.")]
    private static partial void StoreFailedAgain(ILogger logger, Exception exception, string store, string operation);

    [LoggerMessage(EventId = 1403, Level = LogLevel.Information, Message = "The {Store} answers again.")]
    private static partial void StoreRecovered(ILogger logger, string store);

    [LoggerMessage(EventId = 1404, Level = LogLevel.Debug,
        Message = "The {Store} was not given a value of kind {Kind}: compressed it has more than {LimitBytes} bytes. Further ones are counted and not logged.")]
    private static partial void ValueTooLarge(ILogger logger, string store, string kind, long limitBytes);

    [LoggerMessage(EventId = 1405, Level = LogLevel.Debug,
        Message = "The {Store} was not given a value of kind {Kind}: too many are being written. Further ones are counted and not logged.")]
    private static partial void WriteDropped(ILogger logger, string store, string kind);

    [LoggerMessage(EventId = 1406, Level = LogLevel.Debug, Message = "The {Store} holds a value of kind {Kind} that is of another version or damaged; it is passed over.")]
    private static partial void ValueNotUnderstood(ILogger logger, string store, string kind);

    [LoggerMessage(EventId = 1407, Level = LogLevel.Warning, Message = "A value of kind {Kind} could not be made ready for the {Store}.")]
    private static partial void ValueNotPacked(ILogger logger, Exception exception, string store, string kind);
}
