using System.Collections.Frozen;

namespace ScmIntegrations.Octokit.Arguments;

/// <summary>The shape of every text that Octokit's methods take, by the parameter's name. A name that is not here is held to the strictest shape.</summary>
internal static class ArgumentTable
{
    private static readonly (ArgumentShape Shape, string[] Names)[] Rows =
    [
        (ArgumentShape.Name,
        [
            "owner", "name", "org", "user", "organization", "login", "enterprise", "repoName", "repo", "username", "id", "repository", "secretName", "clientId",
            "teamSlug", "gistId", "userName", "codespaceName", "propertyName", "templateName", "key", "assignee", "following", "variableName", "slug", "code",
            "organizationLogin", "templateOwner", "templateRepo", "repoOwner", "archiveFormat", "permission",
        ]),
        (ArgumentShape.Segment, ["packageName", "labelName", "workflowFileName"]),
        (ArgumentShape.Path, ["path"]),
        (ArgumentShape.Reference, ["branch", "reference", "sha", "sha1", "base", "head", "tag", "subNamespace"]),
        (ArgumentShape.Value, ["managementConsolePassword"]),
        (ArgumentShape.Text, ["commentUpdate", "markdown", "newComment", "comment", "accessToken", "clientSecret", "twoFactorAuthenticationCode", "newName"]),
    ];

    private static readonly FrozenDictionary<string, ArgumentShape> ByName =
        Rows.SelectMany(row => row.Names, (row, name) => KeyValuePair.Create(name, row.Shape)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names that are known.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The shape of a parameter.</summary>
    public static ArgumentShape ShapeOf(string name) => ByName.GetValueOrDefault(name, ArgumentShape.Name);
}
