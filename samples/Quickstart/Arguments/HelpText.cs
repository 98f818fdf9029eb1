using System.Text;

namespace Quickstart.Arguments;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    private const string Commands = """
        Reads the repositories of a GitHub organisation and their trees, and launches coding agents.

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
          explain           says what an answer means that somebody pasted: reason, who acts, what
                            they do, where and when; asks nobody, and needs no credential

        Options, as --name VALUE or --name=VALUE:

        """;

    private const string Endings = """

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
