namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>A delivery as it arrived, before anything of it is believed.</summary>
/// <param name="Body">The body, byte for byte: what was parsed and written again has another signature.</param>
public sealed record CursorWebhookDelivery(ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of <see cref="CursorWebhookHeaders.Signature"/>; <see langword="null"/> when it is absent.</summary>
    public string? Signature { get; init; }

    /// <summary>The value of <see cref="CursorWebhookHeaders.Event"/>; <see langword="null"/> when it is absent.</summary>
    public string? Event { get; init; }

    /// <summary>The value of <see cref="CursorWebhookHeaders.Id"/>; <see langword="null"/> when it is absent.</summary>
    public string? Id { get; init; }
}
