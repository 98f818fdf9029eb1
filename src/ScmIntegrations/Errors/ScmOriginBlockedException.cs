namespace ScmIntegrations.Errors;

/// <summary>The call would have left the configured origin and taken the credential along, so nothing was sent there.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmOriginBlockedException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
