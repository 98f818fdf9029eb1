using System.Text;

namespace Quickstart.Arguments;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    private const string Commands = """
        Reads the repositories of a GitHub organisation and their trees, launches coding agents, and keeps users' accounts.

          (no argument)     a guided tour on a built-in GitHub; needs no network and no account
          repos             lists the repositories
          tree OWNER/NAME   reads one tree, past the cache
          scan              reads all trees, through the cache; archived repositories are left out
          audit             says which installations of a GitHub App have not granted what it wants, and
                            where that is granted; needs --client-id and --private-key
          launch OWNER/NAME…
                            launches a coding agent (--agent copilot|cursor) with --prompt TEXT
          agents [OWNER/NAME… | ID…]
                            lists an agent's tasks, or reads those with the ids
          accounts upsert|get|list|delete
                            connects, reads, lists or deletes accounts of users; upsert, get and delete need
                            --connection and --identifier, and without --organization or --user they mean an
                            account that has none. Kept in PostgreSQL (--connection-string), at a gateway
                            (--gateway-url), or in memory for this one run
          tool NAME         runs a tool of the gateway with --params JSON on behalf of --identifier
          explain           says what an answer means that somebody pasted: reason, who acts, what
                            they do, where and when; asks nobody, and needs no credential

        Options, as --name VALUE or --name=VALUE:

        """;

    private const string Endings = """

        Tokens that PostgreSQL keeps are encrypted. Without a key, upsert makes one, once, in a file that only
        you can read, uses it from then on, and says where it is: ScmIntegrations/accounts.key among your
        application data, or wherever ACCOUNT_KEY_FILE says. Back it up: what it encrypted, nothing else opens.

        Exit code: 0 everything asked for was read, is empty, or is explained, and of a launch at
        least one agent was started; 1 something could not be read, or none was started; 2 wrong arguments; 130 cancelled.

        """;

    public static string Text { get; } = Commands + Options() + Endings;

    private static string Options()
    {
        var text = new StringBuilder().Append('\n');
        foreach (var option in OptionTable.All)
        {
            var only = option.OnlyFor is [var command] ? $"{CommandLineParser.NameOf(command)}: " : "";
            text.Append("  ").Append($"{option.Name} {option.Value}".PadRight(24)).Append(only).Append(option.Help).Append('\n');
        }

        return text.ToString();
    }
}
