using ScmIntegrations.GitHub;

namespace Quickstart.Arguments;

/// <summary>Turns arguments into what they mean, or into one clear sentence about what is wrong.</summary>
internal static class CommandLineParser
{
    private const int MaxPasses = 1000;
    private const string Known = "repos, tree, scan, audit, launch, agents, accounts, tool or explain";
    private const int MaxConcurrency = 100;
    private static readonly CommandName[] WithoutGitHub = [CommandName.Explain, CommandName.Accounts, CommandName.Tool];

    // They read their operands themselves.
    private static readonly CommandName[] WithOperands = [CommandName.Launch, CommandName.Agents, CommandName.Accounts, CommandName.Tool];
    private static readonly Dictionary<string, CommandName> Commands = Enum.GetValues<CommandName>().ToDictionary(NameOf, StringComparer.Ordinal);

    public static async Task<CommandLine> ParseAsync(IReadOnlyList<string> arguments, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var raw = new RawArguments(arguments);
        var command = Command(raw);
        foreach (var option in raw.Names.Select(OptionTable.Find).Where(option => option.OnlyFor is [_, ..] && !option.OnlyFor.Contains(command)))
        {
            throw new UsageException($"{option.Name} belongs to {string.Join(", ", option.OnlyFor.Select(NameOf))}; {NameOf(command)} does not take it.");
        }

        if (raw.Has(OptionTable.Checkpoint) && (raw.Has(OptionTable.Plan) || raw.Has(OptionTable.Passes)))
        {
            throw new UsageException($"{OptionTable.Checkpoint} is for one scan; it goes neither with {OptionTable.Passes} nor with {OptionTable.Plan}.");
        }

        return new CommandLine
        {
            Command = command,
            Repository = Repository(command, raw),
            GitRef = raw.Find(OptionTable.Ref),
            Source = Source(raw),
            Passes = (int)(raw.FindNumber(OptionTable.Passes, 1, MaxPasses) ?? 1),
            Concurrency = (int?)raw.FindNumber(OptionTable.Concurrency, 1, MaxConcurrency),
            Plan = raw.Has(OptionTable.Plan),
            CheckpointFile = raw.Find(OptionTable.Checkpoint),
            Agent = IsForAgents(command) ? AgentArguments.Read(command, raw, environment) : null,
            Accounts = command is CommandName.Accounts ? AccountArguments.Read(raw, environment) : null,
            Tool = command is CommandName.Tool ? ToolArguments.Read(raw) : null,
            Place = command is CommandName.Accounts or CommandName.Tool ? AccountPlace.Read(command, raw, environment) : new AccountPlace(),
            Json = raw.Has(OptionTable.Json),
            Connection = WithoutGitHub.Contains(command) ? null : await ConnectionArguments.ReadAsync(command, raw, environment, cancellationToken),
            Answer = command is CommandName.Explain ? await AnswerArguments.ReadAsync(raw, environment, cancellationToken) : null,
        };
    }

    public static bool IsForAgents(CommandName command) => command is CommandName.Launch or CommandName.Agents;

    public static string NameOf(CommandName command) => command.ToString().ToLowerInvariant();

    // An operand in the wrong place may be a secret that lost its option, so operands are not repeated.
    private static CommandName Command(RawArguments raw)
    {
        var typed = raw.Operands.Count > 0 ? raw.Operands[0] : throw new UsageException($"No command: use {Known}.");
        return Commands.TryGetValue(typed, out var command) ? command : throw new UsageException($"Unknown command: use {Known}.");
    }

    private static RepositoryRef? Repository(CommandName command, RawArguments raw)
    {
        if (WithOperands.Contains(command))
        {
            return null;
        }

        var expected = command is CommandName.Tree ? 2 : 1;
        if (raw.Operands.Count > expected)
        {
            throw new UsageException($"{NameOf(command)} takes {(expected == 2 ? "one operand, OWNER/NAME" : "no operand")}; {raw.Operands.Count - 1} are given.");
        }

        if (command is not CommandName.Tree)
        {
            return null;
        }

        try
        {
            return new RepositoryRef(raw.Operands.Count == 2 ? raw.Operands[1] : throw new UsageException("tree needs a repository: tree OWNER/NAME."));
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"tree OWNER/NAME: {WithoutParameter(wrong)}");
        }
    }

    private static RepositorySource? Source(RawArguments raw)
    {
        try
        {
            return raw.Find(OptionTable.Organization) is { } login ? RepositorySource.Organization(login) : null;
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"{OptionTable.Organization}: {WithoutParameter(wrong)}");
        }
    }

    public static string WithoutParameter(ArgumentException wrong) =>
        wrong.Message.Replace($" (Parameter '{wrong.ParamName}')", "", StringComparison.Ordinal);
}
