namespace ScmIntegrations.Errors;

/// <summary>
/// Marks an exception that reports a provider's error which a tool gateway relayed, whatever its status type:
/// <c>catch (ScmException e) when (e is IProviderError provider)</c>. Such an error is never retried and never touches
/// the credential towards the gateway.
/// </summary>
public interface IProviderError
{
    /// <summary>The provider's own code, as the gateway names it, for example <c>RATE_LIMIT_EXCEEDED</c>; <see langword="null"/> when it gave none.</summary>
    string? ProviderErrorCode { get; }

    /// <summary>The provider's words; <see langword="null"/> when there were none.</summary>
    string? ProviderMessage { get; }

    /// <summary>The gateway's id of the execution, for its support.</summary>
    string? ExecutionId { get; }

    /// <summary>The provider's HTTP status; <see langword="null"/> when it is not known.</summary>
    int? ProviderStatus { get; }

    /// <summary>When asking again can help, in the clock of the caller.</summary>
    DateTimeOffset? RetryAt { get; }
}
