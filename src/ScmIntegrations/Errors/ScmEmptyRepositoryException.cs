namespace ScmIntegrations.Errors;

/// <summary>The repository has no commit yet. Expected: recorded as a halt, and nobody is paged.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmEmptyRepositoryException(ScmError error, Exception? innerException = null) : ScmConflictException(error, innerException);
