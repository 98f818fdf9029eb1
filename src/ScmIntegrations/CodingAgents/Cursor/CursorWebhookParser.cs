using System.Text.Json;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Makes the event out of a delivery that is proved to be Cursor's.</summary>
internal static class CursorWebhookParser
{
    private const string StatusChange = "statusChange";
    private const int MaxIdLength = 200;

    /// <summary>Reads the event. Fields that nobody knows do no harm, and a status that nobody knows is told as it is.</summary>
    public static CursorWebhookResult Parse(CursorWebhookDelivery delivery)
    {
        try
        {
            return JsonSerializer.Deserialize(delivery.Body.Span, CursorJsonContext.Default.CursorLegacyAgentWire) is { } wire
                ? Read(wire, delivery)
                : Unreadable("it is null");
        }
        catch (JsonException)
        {
            return Unreadable("it is not the JSON that an event has");
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair is sound JSON, and no text.
            return Unreadable("it holds a text that is none");
        }
    }

    private static CursorWebhookResult Read(CursorLegacyAgentWire wire, CursorWebhookDelivery delivery)
    {
        // The one in the body is signed.
        if (!StatusChange.Equals(wire.Event ?? delivery.Event, StringComparison.Ordinal))
        {
            return Ignored("it is no change of a status");
        }

        if (!CursorAgentId.IsValid(wire.Id))
        {
            return Unreadable("it has no id of an agent");
        }

        if (string.IsNullOrWhiteSpace(wire.Status))
        {
            return Unreadable("it has no status");
        }

        var task = CursorTasks.Of(wire, wire.Id!);
        return task.Repository is null ? Ignored("it concerns no repository on github.com") : new(CursorWebhookStatus.Accepted, "Accepted.", new(
            task.State is CodingAgentState.Succeeded ? task : task with { PullRequest = null })
        {
            SentAt = wire.Timestamp,
            Summary = CursorFacts.Words(wire.Summary),
            DeliveryId = delivery.Id is { Length: > 0 and <= MaxIdLength } id && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : null,
        });
    }

    private static CursorWebhookResult Unreadable(string why) => new(CursorWebhookStatus.BodyUnreadable, $"The body cannot be read: {why}.");

    private static CursorWebhookResult Ignored(string why) => new(CursorWebhookStatus.Ignored, $"Nothing is to be done: {why}.");
}
