namespace ScmIntegrations.Errors;

/// <summary>A provider refused the user's account (401), relayed by a tool gateway: the user has to connect it again.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmProviderUnauthorizedException(ScmError error, Exception? innerException = null) : ScmUnauthorizedException(error, innerException), IProviderError
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
