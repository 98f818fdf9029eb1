namespace Quickstart.Arguments;

/// <summary>Every option there is: the parser and the help are written from this table.</summary>
internal static class OptionTable
{
    public const string ApiUrl = "--api-url";
    public const string Token = "--token";
    public const string ClientId = "--client-id";
    public const string PrivateKey = "--private-key";
    public const string InstallationId = "--installation-id";
    public const string Organization = "--org";
    public const string Ref = "--ref";
    public const string Passes = "--passes";
    public const string Concurrency = "--concurrency";
    public const string Json = "--json";

    public static IReadOnlyList<Option> All { get; } =
    [
        new(ApiUrl, "URL", "the API's address (GITHUB_API_URL; else https://api.github.com)"),
        new(Token, "TOKEN", "speak with a token (GITHUB_TOKEN)"),
        new(ClientId, "ID", "speak as a GitHub App: its client id"),
        new(PrivateKey, "FILE", "its private key, a PEM file"),
        new(InstallationId, "N", "its installation"),
        new(Organization, "ORG", "the organisation to list; else those of the installation, or of the token's user"),
        new(Ref, "REF", "branch, tag or commit; else the default branch") { OnlyFor = CommandName.Tree },
        new(Passes, "N", "how often to scan, from 1 to 1000; 1 unless told otherwise") { OnlyFor = CommandName.Scan },
        new(Concurrency, "N", "repositories read at a time, from 1 to 100; 8 unless told otherwise") { OnlyFor = CommandName.Scan },
        new(Json, null, "one JSON object a line on stdout; logs and progress on stderr"),
    ];

    public static Option Find(string name) =>
        All.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.Ordinal))
        ?? throw new UsageException($"{NameIn(name)} is not an option.");

    // Of a mistyped option only what looks like a name is repeated: the rest may be its value.
    private static string NameIn(string typed) =>
        string.Concat(typed.TakeWhile(character => character is '-' || char.IsAsciiLetterLower(character)));
}
