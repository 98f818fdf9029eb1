using ScmIntegrations.GitHub;

namespace Quickstart.Arguments;

/// <summary>What was asked, checked.</summary>
internal sealed class CommandLine
{
    public required CommandName Command { get; init; }

    public required ConnectionArguments Connection { get; init; }

    /// <summary>The repository of <c>tree</c>; <see langword="null"/> for the other commands.</summary>
    public RepositoryRef? Repository { get; init; }

    public string? GitRef { get; init; }

    /// <summary>Whose repositories; <see langword="null"/> leaves it to the credential.</summary>
    public RepositorySource? Source { get; init; }

    public int Passes { get; init; } = 1;

    public int? Concurrency { get; init; }

    public bool Json { get; init; }
}
