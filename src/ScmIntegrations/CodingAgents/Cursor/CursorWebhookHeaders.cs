namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>The headers of a delivery that are read. None of them is signed: only the body is.</summary>
public static class CursorWebhookHeaders
{
    /// <summary>The name of the event, <c>statusChange</c>.</summary>
    public const string Event = "X-Webhook-Event";

    /// <summary>The id of the delivery; a repeated one comes with the same.</summary>
    public const string Id = "X-Webhook-ID";

    /// <summary>The signature: 64 hexadecimal digits, with or without <c>sha256=</c> before them.</summary>
    public const string Signature = "X-Webhook-Signature";
}
