using ScmIntegrations.GitHub;

namespace Quickstart.Arguments;

/// <summary>What was asked, checked.</summary>
internal sealed class CommandLine
{
    public required CommandName Command { get; init; }

    /// <summary>Whom to ask; <see langword="null"/> for the commands that do not ask GitHub.</summary>
    public ConnectionArguments? Connection { get; init; }

    /// <summary>The answer of <c>explain</c>; <see langword="null"/> for the other commands.</summary>
    public GitHubAnswer? Answer { get; init; }

    /// <summary>The repository of <c>tree</c>; <see langword="null"/> for the other commands.</summary>
    public RepositoryRef? Repository { get; init; }

    public string? GitRef { get; init; }

    /// <summary>Whose repositories; <see langword="null"/> leaves it to the credential.</summary>
    public RepositorySource? Source { get; init; }

    public int Passes { get; init; } = 1;

    public int? Concurrency { get; init; }

    /// <summary>Whether <c>scan</c> only says what it would cost.</summary>
    public bool Plan { get; init; }

    /// <summary>Where <c>scan</c> notes what is done.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>The agent of <c>launch</c> and <c>agents</c>; <see langword="null"/> for the other commands.</summary>
    public AgentArguments? Agent { get; init; }

    /// <summary>What <c>accounts</c> does; <see langword="null"/> for the other commands.</summary>
    public AccountArguments? Accounts { get; init; }

    /// <summary>The call of <c>tool</c>; <see langword="null"/> for the other commands.</summary>
    public ToolArguments? Tool { get; init; }

    /// <summary>Where accounts are kept, of <c>accounts</c> and <c>tool</c>.</summary>
    public AccountPlace Place { get; init; } = new();

    /// <summary>Whether a gateway may answer, with an error that a provider gave it.</summary>
    public bool IsOfAccounts => Accounts is not null || Tool is not null;

    /// <summary>All that must not be printed.</summary>
    public IEnumerable<string?> Secrets => [Connection?.Token, Agent?.Key, .. Accounts?.Secrets ?? [], .. Place.Secrets];

    public bool Json { get; init; }
}
