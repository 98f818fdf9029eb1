using ScmIntegrations.Resilience;

namespace ScmIntegrations.ToolGateways;

/// <summary>Where a gateway is, and the bounds of a call to it.</summary>
internal sealed record GatewayOptions
{
    /// <summary>The address below which every request goes; the credential never leaves its origin.</summary>
    public required Uri Address { get; init; }

    /// <summary>How long, how often, and when the gateway is left alone.</summary>
    public ResilienceOptions Resilience { get; init; } = new();

    /// <summary>The most bytes of an answer, decompressed.</summary>
    public long MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most bytes read of an error; what goes beyond makes it unreadable.</summary>
    public int MaxErrorBytes { get; init; } = 1024 * 1024;

    /// <summary>The deepest nesting of an answer.</summary>
    public int MaxJsonDepth { get; init; } = 64;
}
