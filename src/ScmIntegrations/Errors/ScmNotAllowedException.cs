namespace ScmIntegrations.Errors;

/// <summary>Not in the present state, or not by this method (405): a pull request that cannot be merged.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmNotAllowedException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
