namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>A delivery as it arrived, before anything of it is believed.</summary>
/// <param name="Body">The body, byte for byte: what was parsed and written again has another signature.</param>
public sealed record GitHubWebhookDelivery(ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of <see cref="GitHubWebhookHeaders.Signature"/>; <see langword="null"/> when it is absent.</summary>
    public string? Signature { get; init; }

    /// <summary>The value of <see cref="GitHubWebhookHeaders.Event"/>; <see langword="null"/> when it is absent.</summary>
    public string? Event { get; init; }

    /// <summary>The value of <see cref="GitHubWebhookHeaders.Delivery"/>; <see langword="null"/> when it is absent.</summary>
    public string? DeliveryId { get; init; }
}
