namespace ScmIntegrations.GitHub.Apps;

/// <summary>A permission that an installation lacks, or has at a lower level.</summary>
/// <param name="Scope">Its name, for example <c>contents</c>.</param>
/// <param name="Level">The level that is wanted, for example <c>write</c>.</param>
/// <param name="Actual">The level that is granted; <see langword="null"/> when none is.</param>
public sealed record PermissionGap(string Scope, string Level, string? Actual)
{
    /// <summary>What is wanted, as GitHub writes it in <c>X-Accepted-GitHub-Permissions</c>.</summary>
    /// <returns>For example <c>contents=write</c>.</returns>
    public override string ToString() => $"{Scope}={Level}";
}
