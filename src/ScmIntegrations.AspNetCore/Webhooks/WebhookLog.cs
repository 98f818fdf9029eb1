using Microsoft.Extensions.Logging;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>What is told of deliveries, beside their interactions. Of one that was not verified nothing is repeated.</summary>
internal sealed partial class WebhookLog(ILoggerFactory loggers)
{
    /// <summary>The category, which is a contract.</summary>
    public const string Category = "ScmIntegrations.AspNetCore.Webhooks";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    [LoggerMessage(EventId = 1701, Level = LogLevel.Information, Message = "A delivery to the GitHub webhooks '{Endpoint}' was refused: {Reason}")]
    public partial void Refused(string endpoint, string reason);

    [LoggerMessage(EventId = 1702, Level = LogLevel.Error, Message = "The GitHub webhooks '{Endpoint}' accept nothing, because their options are not valid.")]
    public partial void NotConfigured(string endpoint, Exception exception);

    [LoggerMessage(EventId = 1703, Level = LogLevel.Warning,
        Message = "The GitHub webhooks '{Endpoint}' have no room for the {Event} {DeliveryId}: it was answered 503 and can be sent again from the webhook's page on GitHub.")]
    public partial void NoRoom(string endpoint, string @event, string? deliveryId);

    [LoggerMessage(EventId = 1704, Level = LogLevel.Warning,
        Message = "The {Event} {DeliveryId} of the GitHub webhooks '{Endpoint}' was accepted and not handled before the application ended. It can be sent again from the webhook's page on GitHub.")]
    public partial void NotHandled(string endpoint, string @event, string? deliveryId);

    [LoggerMessage(EventId = 1705, Level = LogLevel.Debug, Message = "The {Event} {DeliveryId} of the GitHub webhooks '{Endpoint}' had been received before.")]
    public partial void Repeated(string endpoint, string @event, string? deliveryId);

    [LoggerMessage(EventId = 1706, Level = LogLevel.Debug, Message = "The {Store} could not be asked for webhook deliveries; this instance goes by its own memory.")]
    public partial void SharedMemoryFailed(string store, Exception exception);

    /// <summary>The endpoint's name as it is shown: an empty one has no words.</summary>
    public static string Label(string endpoint) => endpoint.Length == 0 ? "default" : endpoint;
}
