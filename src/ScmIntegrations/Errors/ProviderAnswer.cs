namespace ScmIntegrations.Errors;

/// <summary>What a tool gateway relayed of a provider's error. Holds no secret.</summary>
/// <param name="Code">The provider's own code.</param>
/// <param name="Message">The provider's words.</param>
/// <param name="ExecutionId">The gateway's id of the execution.</param>
/// <param name="Status">The provider's HTTP status, from 100 to 599; <see langword="null"/> when it is not known.</param>
public sealed record ProviderAnswer(string? Code, string? Message, string? ExecutionId, int? Status);
