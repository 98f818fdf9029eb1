namespace ScmIntegrations.Errors;

/// <summary>The request contradicts the present state (409, 412). Read again, then decide.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmConflictException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
