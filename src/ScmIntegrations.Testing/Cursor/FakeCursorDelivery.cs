namespace ScmIntegrations.Testing;

/// <summary>A webhook's delivery as it goes over the wire.</summary>
/// <param name="Headers">The headers, among them the signature.</param>
/// <param name="Body">The body that was signed.</param>
public sealed record FakeCursorDelivery(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Signs a body.</summary>
    /// <param name="body">The body, which need not be a sound one.</param>
    /// <param name="secret">The webhook's secret.</param>
    /// <param name="webhookEvent">The name of the event.</param>
    /// <returns>The delivery, with an id of its own.</returns>
    public static FakeCursorDelivery Create(ReadOnlyMemory<byte> body, string secret, string webhookEvent = "statusChange")
    {
        ArgumentNullException.ThrowIfNull(secret);
        return new(
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Content-Type"] = "application/json",
                ["User-Agent"] = "Cursor-Agent-Webhook/1.0",
                ["X-Webhook-Event"] = webhookEvent,
                ["X-Webhook-ID"] = Guid.NewGuid().ToString(),
                ["X-Webhook-Signature"] = DeliveryHeaders.Sign(body, secret),
            },
            body);
    }

    /// <summary>The same delivery with a header changed.</summary>
    /// <param name="name">The header.</param>
    /// <param name="value">Its value; <see langword="null"/> takes it away.</param>
    /// <returns>The changed delivery; its signature is the old one.</returns>
    public FakeCursorDelivery WithHeader(string name, string? value) => this with { Headers = DeliveryHeaders.With(Headers, name, value) };

    /// <summary>A header's value.</summary>
    /// <param name="name">The header, in any case.</param>
    /// <returns>The value; <see langword="null"/> when it is absent.</returns>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
