namespace ScmIntegrations.GitHub.Apps;

/// <summary>Which permissions an account can grant at all: an App asks for all of them at once, and a user has no organisation to give.</summary>
internal static class PermissionReach
{
    // The groups of docs.github.com, "Permissions required for GitHub Apps", by their names in the API.
    private static readonly string[] OfOrganizations = ["members", "team_discussions"];
    private static readonly string[] OfEachUser =
        ["blocking", "codespaces_user_secrets", "email_addresses", "emails", "followers", "gists", "git_signing_ssh_public_keys", "git_ssh_keys", "gpg_keys", "interaction_limits", "keys", "plan", "profile", "starring", "watching"];

    /// <summary>Why an installation on such an account cannot have a permission; <see langword="null"/> when it can.</summary>
    public static string? Excuse(string permission, string? targetType) =>
        OfEachUser.Contains(permission, StringComparer.Ordinal) ? "each user grants it with a sign-in of their own"
        : Is(targetType, "User") && (permission.StartsWith("organization_", StringComparison.Ordinal) || OfOrganizations.Contains(permission, StringComparer.Ordinal)) ? "only an organisation can grant it"
        : !Is(targetType, "Enterprise") && permission.StartsWith("enterprise_", StringComparison.Ordinal) ? "only an enterprise can grant it"
        : null;

    private static bool Is(string? targetType, string kind) => kind.Equals(targetType, StringComparison.OrdinalIgnoreCase);
}
