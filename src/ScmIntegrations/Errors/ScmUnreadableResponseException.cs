namespace ScmIntegrations.Errors;

/// <summary>The body is not what was due: HTML, empty, cut off, too deep, too large, or of another shape.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmUnreadableResponseException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
