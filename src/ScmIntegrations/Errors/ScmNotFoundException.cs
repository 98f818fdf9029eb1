namespace ScmIntegrations.Errors;

/// <summary>Missing, or not visible to this credential (404): GitHub does not tell the two apart.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmNotFoundException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
