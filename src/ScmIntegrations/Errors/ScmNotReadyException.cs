namespace ScmIntegrations.Errors;

/// <summary>GitHub is still computing the answer (202 to a read), and has been asked several times. Ask again later.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmNotReadyException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
