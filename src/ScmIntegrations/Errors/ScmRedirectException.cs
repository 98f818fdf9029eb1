namespace ScmIntegrations.Errors;

/// <summary>A redirect that was not followed: one too many, or one that would have sent a write again.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmRedirectException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
