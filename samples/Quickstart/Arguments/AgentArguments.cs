using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.GitHub;

namespace Quickstart.Arguments;

/// <summary>Which agent, where it is, and what it is asked. A class, not a record: records print what they hold.</summary>
internal sealed class AgentArguments
{
    private const string KeyVariable = "CURSOR_API_KEY";
    private static readonly Dictionary<string, AgentName> Agents = Enum.GetValues<AgentName>().ToDictionary(NameOf, StringComparer.Ordinal);

    public required AgentName Agent { get; init; }

    /// <summary>The agent's address; <see langword="null"/> for its own.</summary>
    public Uri? Address { get; init; }

    /// <summary>Cursor's key; <see langword="null"/> for Copilot, which takes the user's token.</summary>
    public string? Key { get; init; }

    /// <summary>What to launch; <see langword="null"/> for <c>agents</c>.</summary>
    public CodingAgentBatch? Batch { get; init; }

    /// <summary>The repositories whose tasks <c>agents</c> lists.</summary>
    public IReadOnlyList<RepositoryRef> Repositories { get; init; } = [];

    /// <summary>The tasks that <c>agents</c> reads.</summary>
    public IReadOnlyList<string> TaskIds { get; init; } = [];

    /// <summary>Whether <c>agents</c> waits for the end of the tasks.</summary>
    public bool Wait { get; init; }

    public static AgentArguments Read(CommandName command, RawArguments raw, Func<string, string?> environment)
    {
        var agent = Agents.TryGetValue(raw.Find(OptionTable.Agent) ?? throw new UsageException($"{CommandLineParser.NameOf(command)} needs {OptionTable.Agent} {Choice}."), out var known)
            ? known
            : throw new UsageException($"{OptionTable.Agent} is none of {Choice}.");
        string[] operands = [.. raw.Operands.Skip(1)];
        var isLaunch = command is CommandName.Launch;
        var arguments = new AgentArguments
        {
            Agent = agent,
            Address = raw.Find(OptionTable.AgentUrl) is { } address ? ApiAddressReader.Read(address, OptionTable.AgentUrl) : null,
            Key = agent is AgentName.Cursor ? CursorKey(raw, environment) : null,
            Batch = isLaunch ? BatchOf(raw, operands) : null,
            Repositories = isLaunch ? [] : [.. operands.Where(IsRepository).Select(operand => Repository(command, operand))],
            TaskIds = isLaunch ? [] : [.. operands.Where(operand => !IsRepository(operand))],
            Wait = raw.Has(OptionTable.Wait),
        };
        return arguments is { Wait: true, TaskIds: [] } ? throw new UsageException($"{OptionTable.Wait} needs the ids of the tasks to wait for.") : arguments;
    }

    private static string Choice { get; } = string.Join("|", Agents.Keys);

    private static string NameOf(AgentName agent) => agent.ToString().ToLowerInvariant();

    // The ids of no agent have a slash.
    private static bool IsRepository(string operand) => operand.Contains('/', StringComparison.Ordinal);

    private static CodingAgentBatch BatchOf(RawArguments raw, string[] operands)
    {
        if (operands.Length == 0)
        {
            throw new UsageException("launch needs a repository: launch OWNER/NAME….");
        }

        var prompt = raw.Find(OptionTable.Prompt) ?? throw new UsageException($"launch needs {OptionTable.Prompt} TEXT: what the agent is to do.");
        return new CodingAgentBatch(
            string.IsNullOrWhiteSpace(prompt) ? throw new UsageException($"{OptionTable.Prompt} is empty.") : prompt,
            [.. operands.Select(operand => new CodingAgentTarget(Repository(CommandName.Launch, operand)) { BaseRef = raw.Find(OptionTable.Ref) })])
        {
            Model = raw.Find(OptionTable.Model),
            IdempotencyKey = raw.Find(OptionTable.IdempotencyKey) is { } key ? IdempotencyKey(key) : null,
            MaxConcurrency = (int)(raw.FindNumber(OptionTable.Concurrency, 1, 32) ?? 4),
        };
    }

    private static string IdempotencyKey(string key) => key.Length is > 0 and <= CodingAgentRequest.MaxIdempotencyKeyLength
        ? key
        : throw new UsageException($"{OptionTable.IdempotencyKey} has {key.Length} characters; it has 1 to {CodingAgentRequest.MaxIdempotencyKeyLength}.");

    private static RepositoryRef Repository(CommandName command, string operand)
    {
        try
        {
            return new RepositoryRef(operand);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"{CommandLineParser.NameOf(command)} OWNER/NAME: {CommandLineParser.WithoutParameter(wrong)}");
        }
    }

    private static string CursorKey(RawArguments raw, Func<string, string?> environment)
    {
        var key = raw.Find(OptionTable.AgentKey) ?? environment(KeyVariable);
        return string.IsNullOrEmpty(key) ? throw new UsageException($"No key for Cursor: give {OptionTable.AgentKey}, or set {KeyVariable}.") : key;
    }
}

/// <summary>The agents that can be launched.</summary>
internal enum AgentName
{
    Copilot,
    Cursor,
}
