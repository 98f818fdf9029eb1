using ScmIntegrations.CodingAgents.Failures;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>What Cursor's own refusals of a launch mean to a user, and where they are put right.</summary>
internal static class CursorFailures
{
    /// <summary>Where Cursor's GitHub App is installed, and given repositories.</summary>
    public static Uri GitHubApp { get; } = new("https://github.com/apps/cursor");

    /// <summary>Where keys are made.</summary>
    public static Uri Keys { get; } = new("https://cursor.com/dashboard/api");

    /// <summary>The rows.</summary>
    public static IReadOnlyList<LaunchFailureRow> Rows { get; } =
    [
        new(LaunchFailureType.CursorGitHubAccess)
        {
            Statuses = [400],
            Words = [CursorErrorTable.NoAccess],
            Message = "Cursor cannot see {repository}. Give Cursor's GitHub App access to it, or check the name of the branch.",
            FixUrl = GitHubApp,
        },
    ];
}
