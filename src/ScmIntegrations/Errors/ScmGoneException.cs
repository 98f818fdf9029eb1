namespace ScmIntegrations.Errors;

/// <summary>Switched off or retired (410): issues disabled for the repository, or an API version that has ended.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmGoneException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
