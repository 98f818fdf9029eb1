namespace ScmIntegrations.Errors;

/// <summary>
/// No file at that path and ref, in a repository that is there and can be seen: nothing at all, or a directory, a submodule, or a
/// symbolic link that leads to no file. A repository that is missing itself is a plain <see cref="ScmNotFoundException"/>.
/// </summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ScmFileNotFoundException(ScmError error, Exception? innerException = null) : ScmNotFoundException(error, innerException);
