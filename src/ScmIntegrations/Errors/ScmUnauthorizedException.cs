namespace ScmIntegrations.Errors;

/// <summary>The credential is missing, wrong, expired or revoked (401), or its key cannot be used.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmUnauthorizedException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
