namespace ScmIntegrations.Errors;

/// <summary>A rate limit holds, primary or secondary (403 or 429), or its local gate is closed. <see cref="ScmException.RetryAt"/> says when to come back.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmRateLimitException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
