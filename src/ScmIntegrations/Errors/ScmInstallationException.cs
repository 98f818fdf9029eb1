namespace ScmIntegrations.Errors;

/// <summary>The App's installation is suspended or has been removed: nothing can be asked in its name (<see cref="ErrorReason.InstallationSuspended"/>, <see cref="ErrorReason.InstallationGone"/>).</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmInstallationException(ScmError error, Exception? innerException = null) : ScmForbiddenException(error, innerException);
