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
    public IReadOnlyList<IReadOnlyList<string>> AcceptedPermissions { get; } =
        [.. (error.AcceptedPermissions ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(alternative => alternative.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
