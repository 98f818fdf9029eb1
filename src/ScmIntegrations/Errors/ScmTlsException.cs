namespace ScmIntegrations.Errors;

/// <summary>The secure connection was refused: the certificate is not trusted, or belongs to another host. Never tried again.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmTlsException(ScmError error, Exception? innerException = null) : ScmTransportException(error, innerException);
