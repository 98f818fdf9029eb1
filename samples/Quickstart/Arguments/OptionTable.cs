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
    public const string Plan = "--plan";
    public const string Checkpoint = "--checkpoint";
    public const string Status = "--status";
    public const string Method = "--method";
    public const string Path = "--path";
    public const string Header = "--header";
    public const string Body = "--body";
    public const string CredentialOwner = "--credential-owner";
    public const string Json = "--json";

    // explain asks nobody: a credential given to it would be a misunderstanding.
    private static readonly CommandName[] Asking = [CommandName.Repos, CommandName.Tree, CommandName.Scan];

    // What an App asks as itself, no token can.
    private static readonly CommandName[] AskingAsApp = [.. Asking, CommandName.Audit];

    public static IReadOnlyList<Option> All { get; } =
    [
        new(ApiUrl, "URL", "the API's address (GITHUB_API_URL; else https://api.github.com)"),
        new(Token, "TOKEN", "speak with a token (GITHUB_TOKEN)") { OnlyFor = Asking },
        new(ClientId, "ID", "speak as a GitHub App: its client id") { OnlyFor = AskingAsApp },
        new(PrivateKey, "FILE", "its private key, a PEM file") { OnlyFor = AskingAsApp },
        new(InstallationId, "N", "its installation; audit needs none, and looks at all") { OnlyFor = AskingAsApp },
        new(Organization, "ORG", "the organisation to list; else those of the installation, or of the token's user") { OnlyFor = Asking },
        new(Ref, "REF", "branch, tag or commit; else the default branch") { OnlyFor = [CommandName.Tree] },
        new(Passes, "N", "how often to scan, from 1 to 1000; 1 unless told otherwise") { OnlyFor = [CommandName.Scan] },
        new(Concurrency, "N", "repositories read at a time, from 1 to 100; 8 unless told otherwise") { OnlyFor = [CommandName.Scan] },
        new(Plan, null, "says what the scan will cost, when it will end and what the limit will have left; reads no tree") { OnlyFor = [CommandName.Scan] },
        new(Checkpoint, "FILE", "goes on where the scan that wrote FILE stopped, and notes in it what is done; for one pass") { OnlyFor = [CommandName.Scan] },
        new(Status, "N", "the answer's status, from 100 to 599") { OnlyFor = [CommandName.Explain] },
        new(Method, "METHOD", "the request's method; GET unless told otherwise") { OnlyFor = [CommandName.Explain] },
        new(Path, "PATH", "the request's path below the API's address, from its first slash") { OnlyFor = [CommandName.Explain] },
        new(Header, "\"K: V\"", "a header of the answer, as often as it has headers; Date tells what its times are counted from") { OnlyFor = [CommandName.Explain], IsRepeatable = true },
        new(Body, "FILE", "the answer's body, at most 1 MiB; - reads standard input") { OnlyFor = [CommandName.Explain] },
        new(CredentialOwner, "WHO", "whose credential it was: customer, unless told otherwise, or operator") { OnlyFor = [CommandName.Explain] },
        new(Json, null, "one JSON object a line on stdout; logs and progress on stderr"),
    ];

    public static Option Find(string name) =>
        All.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.Ordinal))
        ?? throw new UsageException($"{NameIn(name)} is not an option.");

    // Of a mistyped option only what looks like a name is repeated: the rest may be its value.
    private static string NameIn(string typed) =>
        string.Concat(typed.TakeWhile(character => character is '-' || char.IsAsciiLetterLower(character)));
}
