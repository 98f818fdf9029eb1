using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways;

/// <summary>What the body of a gateway's error says. Every text in it has been cleaned.</summary>
/// <param name="Speaker">Whose words they are.</param>
internal sealed record GatewayErrorBody(ErrorSpeaker Speaker)
{
    /// <summary>The gateway's code, for example <c>UNAUTHENTICATED</c>; <see langword="null"/> when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The message that can be shown.</summary>
    public string? Message { get; init; }

    /// <summary>The gateway's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>What was relayed, with the status that hides in the provider's message; <see langword="null"/> unless it is a provider's.</summary>
    public ProviderAnswer? Provider { get; init; }

    /// <summary>The wait that the body asks for.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>What could not be read of it; <see langword="null"/> when all could.</summary>
    public string? Trouble { get; init; }
}
