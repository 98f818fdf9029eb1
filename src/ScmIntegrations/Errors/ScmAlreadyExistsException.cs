namespace ScmIntegrations.Errors;

/// <summary>What should be created is there already (422). Read that one and use it.</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmAlreadyExistsException(ScmError error, Exception? innerException = null) : ScmValidationException(error, innerException);
