namespace ScmIntegrations.Errors;

/// <summary>Blocked by GitHub, by law or by trade controls (403, 451). Leave the repository out and go on with the others.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmBlockedException(ScmError error, Exception? innerException = null) : ScmForbiddenException(error, innerException);
