namespace ScmIntegrations.Errors;

/// <summary>A provider did not find it (404), relayed by a tool gateway. Says nothing about what the gateway itself holds.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmProviderNotFoundException(ScmError error, Exception? innerException = null) : ScmNotFoundException(error, innerException), IProviderError
{
    /// <inheritdoc/>
    public string? ProviderErrorCode => Error.Provider?.Code;

    /// <inheritdoc/>
    public string? ProviderMessage => Error.Provider?.Message;

    /// <inheritdoc/>
    public string? ExecutionId => Error.Provider?.ExecutionId;

    /// <inheritdoc/>
    public int? ProviderStatus => Error.Provider?.Status;
}
