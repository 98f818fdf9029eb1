namespace ScmIntegrations.Errors;

/// <summary>A stored credential cannot be decrypted: it was changed, belongs to another account or version, or its key is gone.</summary>
/// <param name="error">The facts. They hold no part of what is stored.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmCredentialUnreadableException(ScmError error, Exception? innerException = null) : ScmException(error, innerException);
