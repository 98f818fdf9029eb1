namespace ScmIntegrations.Errors;

/// <summary>
/// A write that must not be sent twice went out, and nobody knows whether it was carried out: the connection broke, the time
/// ran out, or the server failed. It was not sent again. Look whether it took effect before you do; a reconciliation given
/// with the request does that for you. <see cref="Exception.InnerException"/> is what happened to the request.
/// </summary>
/// <param name="error">The facts; the reason is that of the failure (<see cref="ErrorReason.Transport"/>, <see cref="ErrorReason.Timeout"/>, <see cref="ErrorReason.ServerError"/>).</param>
/// <param name="innerException">What happened to the request.</param>
public sealed class ScmAmbiguousWriteException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
