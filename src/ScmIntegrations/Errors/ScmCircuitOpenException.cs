namespace ScmIntegrations.Errors;

/// <summary>The host has been failing, so nothing was sent. <see cref="ScmException.RetryAt"/> says when the next call is tried.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmCircuitOpenException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
