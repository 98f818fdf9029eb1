namespace ScmIntegrations.Errors;

/// <summary>No connection, or a connection that broke.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmTransportException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
