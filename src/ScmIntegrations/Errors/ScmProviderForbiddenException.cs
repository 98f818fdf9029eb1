namespace ScmIntegrations.Errors;

/// <summary>A provider refused the call (403), relayed by a tool gateway.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmProviderForbiddenException(ScmError error, Exception? innerException = null) : ScmForbiddenException(error, innerException), IProviderError
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
