namespace ScmIntegrations.Errors;

/// <summary>The credential lacks a permission that the endpoint needs (403).</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmPermissionException(ScmError error, Exception? innerException = null) : ScmForbiddenException(error, innerException)
{
    /// <summary>
    /// What the endpoint accepts, as alternatives: any one of the inner lists, whole, is enough
    /// (<c>X-Accepted-GitHub-Permissions</c>: a comma is AND, a semicolon is OR). Empty when GitHub did not say.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> AcceptedPermissions { get; } = PermissionSet.Parse(error.AcceptedPermissions);

    /// <summary>What the installation has: permission to level; <see langword="null"/> when that is not known.</summary>
    public IReadOnlyDictionary<string, string>? GrantedPermissions => Error.GrantedPermissions;

    /// <summary>
    /// What is missing, for example <c>contents=write</c>: the alternative that needs least beyond what is granted.
    /// Empty when nothing is missing (then it is the repository or the user's role), or when it is not known.
    /// </summary>
    public IReadOnlyList<string> MissingPermissions =>
        GrantedPermissions is { } granted ? PermissionSet.Missing(AcceptedPermissions, granted) : [];
}
