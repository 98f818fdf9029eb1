namespace ScmIntegrations.Errors;

/// <summary>A provider failed behind a tool gateway, with a status of its own kind or with none.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmProviderException(ScmError error, Exception? innerException = null) : ScmException(error, innerException), IProviderError
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
