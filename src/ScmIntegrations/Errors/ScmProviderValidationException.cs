namespace ScmIntegrations.Errors;

/// <summary>A provider refused the request as it stands (400, 422), relayed by a tool gateway.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmProviderValidationException(ScmError error, Exception? innerException = null) : ScmValidationException(error, innerException), IProviderError
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
