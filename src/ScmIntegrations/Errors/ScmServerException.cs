namespace ScmIntegrations.Errors;

/// <summary>GitHub failed (5xx).</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmServerException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
