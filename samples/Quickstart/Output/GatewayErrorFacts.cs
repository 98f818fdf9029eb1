using System.Text.Json.Serialization;
using ScmIntegrations.Errors;

namespace Quickstart.Output;

/// <summary>An error where a gateway may answer: also what the provider behind it said, all <see langword="null"/> when it was no provider's.</summary>
internal sealed record GatewayErrorFacts : ErrorFacts
{
    private GatewayErrorFacts(ErrorFacts facts)
        : base(facts)
    {
    }

    /// <summary>The provider's own code.</summary>
    [JsonPropertyOrder(1)]
    public string? ProviderCode { get; private init; }

    /// <summary>The provider's HTTP status.</summary>
    [JsonPropertyOrder(2)]
    public int? ProviderStatus { get; private init; }

    /// <summary>The gateway's id of the execution, for its support.</summary>
    [JsonPropertyOrder(3)]
    public string? ExecutionId { get; private init; }

    public static GatewayErrorFacts Of(Exception exception, SecretMask mask)
    {
        var provider = exception as IProviderError;
        return new(From(exception, mask))
        {
            ProviderCode = provider?.ProviderErrorCode is { } code ? mask.Clean(code) : null,
            ProviderStatus = provider?.ProviderStatus,
            ExecutionId = provider?.ExecutionId is { } executionId ? mask.Clean(executionId) : null,
        };
    }
}
