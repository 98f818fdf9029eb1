using ScmIntegrations.Resilience;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>The bounds of a call to an agent's service.</summary>
internal sealed record AgentBounds
{
    /// <summary>How long, how often, and when the service is left alone.</summary>
    public ResilienceOptions Resilience { get; init; } = new();

    /// <summary>How long an attempt at a launch may take: a service may clone a repository before it answers.</summary>
    public TimeSpan LaunchTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most bytes of an answer, decompressed.</summary>
    public long MaxResponseBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes read of an error.</summary>
    public int MaxErrorBytes { get; init; } = 64 * 1024;

    /// <summary>The deepest nesting of an answer.</summary>
    public int MaxJsonDepth { get; init; } = 64;
}
