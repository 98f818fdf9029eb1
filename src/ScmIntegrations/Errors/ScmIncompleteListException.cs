namespace ScmIntegrations.Errors;

/// <summary>A listing ended before everything was read. What was read is good; draw no conclusion from what is absent.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmIncompleteListException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
