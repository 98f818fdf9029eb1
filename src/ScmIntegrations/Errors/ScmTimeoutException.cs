namespace ScmIntegrations.Errors;

/// <summary>An attempt, or the whole call, took longer than its bound.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmTimeoutException(ScmError error, Exception? innerException = null) : ScmTransportException(error, innerException);
