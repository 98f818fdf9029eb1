namespace ScmIntegrations.Errors;

/// <summary>The credential is good, and the call is refused all the same (403).</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmForbiddenException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
