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
    public const string Agent = "--agent";
    public const string AgentUrl = "--agent-url";
    public const string AgentKey = "--agent-key";
    public const string Prompt = "--prompt";
    public const string Model = "--model";
    public const string IdempotencyKey = "--idempotency-key";
    public const string Wait = "--wait";
    public const string Connection = "--connection";
    public const string Identifier = "--identifier";
    public const string AccountOrganization = "--organization";
    public const string User = "--user";
    public const string AccessToken = "--access-token";
    public const string RefreshToken = "--refresh-token";
    public const string ConnectionString = "--connection-string";
    public const string EncryptionKey = "--encryption-key";
    public const string GatewayUrl = "--gateway-url";
    public const string ClientSecret = "--client-secret";
    public const string Params = "--params";
    public const string Json = "--json";

    // explain asks nobody: a credential given to it would be a misunderstanding.
    private static readonly CommandName[] Asking = [CommandName.Repos, CommandName.Tree, CommandName.Scan];

    private static readonly CommandName[] Agents = [CommandName.Launch, CommandName.Agents];

    // What an App asks as itself, no token can; and no App launches.
    private static readonly CommandName[] AskingAsApp = [.. Asking, CommandName.Audit, .. Agents];
    private static readonly CommandName[] AskingAsUser = [.. Asking, .. Agents];

    private static readonly CommandName[] OfAccounts = [CommandName.Accounts, CommandName.Tool];

    public static IReadOnlyList<Option> All { get; } =
    [
        new(ApiUrl, "URL", "the API's address (GITHUB_API_URL; else https://api.github.com)") { OnlyFor = [.. AskingAsApp, CommandName.Explain] },
        new(Token, "TOKEN", "speak with a token (GITHUB_TOKEN); Copilot takes a user's") { OnlyFor = AskingAsUser },
        new(ClientId, "ID", "speak as a GitHub App: its client id; launch finds installations as it; of accounts and tool the gateway's (SCALEKIT_CLIENT_ID)") { OnlyFor = [.. AskingAsApp, .. OfAccounts] },
        new(PrivateKey, "FILE", "its private key, a PEM file") { OnlyFor = AskingAsApp },
        new(InstallationId, "N", "its installation; audit, launch and agents need none") { OnlyFor = AskingAsApp },
        new(Organization, "ORG", "the organisation to list; else those of the installation, or of the token's user") { OnlyFor = Asking },
        new(Ref, "REF", "branch, tag or commit; else the default branch") { OnlyFor = [CommandName.Tree, CommandName.Launch] },
        new(Passes, "N", "how often to scan, from 1 to 1000; 1 unless told otherwise") { OnlyFor = [CommandName.Scan] },
        new(Concurrency, "N", "repositories at a time: scan 1 to 100, 8 unless told otherwise; launch 1 to 32, 4") { OnlyFor = [CommandName.Scan, CommandName.Launch] },
        new(Plan, null, "says what the scan will cost, when it will end and what the limit will have left; reads no tree") { OnlyFor = [CommandName.Scan] },
        new(Checkpoint, "FILE", "goes on where the scan that wrote FILE stopped, and notes in it what is done; for one pass") { OnlyFor = [CommandName.Scan] },
        new(Status, "N", "the answer's status, from 100 to 599") { OnlyFor = [CommandName.Explain] },
        new(Method, "METHOD", "the request's method; GET unless told otherwise") { OnlyFor = [CommandName.Explain] },
        new(Path, "PATH", "the request's path below the API's address, from its first slash") { OnlyFor = [CommandName.Explain] },
        new(Header, "\"K: V\"", "a header of the answer, as often as it has headers; Date tells what its times are counted from") { OnlyFor = [CommandName.Explain], IsRepeatable = true },
        new(Body, "FILE", "the answer's body, at most 1 MiB; - reads standard input") { OnlyFor = [CommandName.Explain] },
        new(CredentialOwner, "WHO", "whose credential it was: customer, unless told otherwise, or operator") { OnlyFor = [CommandName.Explain] },
        new(Agent, "NAME", "copilot or cursor") { OnlyFor = Agents },
        new(AgentUrl, "URL", "the agent's address; else its own") { OnlyFor = Agents },
        new(AgentKey, "KEY", "Cursor's API key (CURSOR_API_KEY); for Copilot another way to give the user's token") { OnlyFor = Agents },
        new(Prompt, "TEXT", "what the agent is to do") { OnlyFor = [CommandName.Launch] },
        new(Model, "NAME", "the agent's model, by the agent's own name for it") { OnlyFor = [CommandName.Launch] },
        new(IdempotencyKey, "KEY", "the key of a batch that is sent again: what it has started is found, and not started twice") { OnlyFor = [CommandName.Launch] },
        new(Wait, null, "waits for the end of the tasks") { OnlyFor = [CommandName.Agents] },
        new(Connection, "NAME", "the account's connection, for example github") { OnlyFor = OfAccounts },
        new(Identifier, "ID", "who it is in the connection, for example a user's id") { OnlyFor = OfAccounts },
        new(AccountOrganization, "ORG", "the organisation that the account belongs to") { OnlyFor = OfAccounts },
        new(User, "USER", "the application's user that the account belongs to") { OnlyFor = OfAccounts },
        new(AccessToken, "TOKEN", "the token that upsert applies (ACCOUNT_ACCESS_TOKEN); left out, the account keeps its own") { OnlyFor = [CommandName.Accounts] },
        new(RefreshToken, "TOKEN", "the token that renews it (ACCOUNT_REFRESH_TOKEN); left out, the account keeps its own") { OnlyFor = [CommandName.Accounts] },
        new(ConnectionString, "CS", "a PostgreSQL that keeps the accounts: Host=…;Database=…;Username=…") { OnlyFor = [CommandName.Accounts] },
        new(EncryptionKey, "KEY", "what PostgreSQL keeps is encrypted with: 32 bytes in base64 (ACCOUNT_ENCRYPTION_KEY)") { OnlyFor = [CommandName.Accounts] },
        new(GatewayUrl, "URL", "the Scalekit that holds the accounts and runs the tools") { OnlyFor = OfAccounts },
        new(ClientSecret, "SECRET", "the secret of its --client-id (SCALEKIT_CLIENT_SECRET)") { OnlyFor = OfAccounts },
        new(Params, "JSON", "what the tool is given, a JSON object") { OnlyFor = [CommandName.Tool] },
        new(Json, null, "one JSON object a line on stdout; logs and progress on stderr"),
    ];

    public static Option Find(string name) =>
        All.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.Ordinal))
        ?? throw new UsageException($"{NameIn(name)} is not an option.");

    // Of a mistyped option only what looks like a name is repeated: the rest may be its value.
    private static string NameIn(string typed) =>
        string.Concat(typed.TakeWhile(character => character is '-' || char.IsAsciiLetterLower(character)));
}
