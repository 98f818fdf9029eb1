using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulation.Tests.Scenarios;

/// <summary>Everything that a seed decides before anything runs.</summary>
internal sealed record Scenario
{
    public required Draws Draws { get; init; }

    public required IReadOnlyList<SimulatedRepository> Repositories { get; init; }

    public required IReadOnlyList<PlannedCall> Calls { get; init; }

    /// <summary>When every token is revoked, from the start on.</summary>
    public required IReadOnlyList<TimeSpan> Revocations { get; init; }

    /// <summary>The share of requests that meet a fault.</summary>
    public required double FaultRate { get; init; }

    /// <summary>Whether limits are among the faults; they keep most of a run from happening.</summary>
    public required bool HasLimits { get; init; }

    /// <summary>Whether tokens are refused now and then in the first moments of their life.</summary>
    public required bool RefusesFreshTokens { get; init; }

    /// <summary>How far GitHub's clock is ahead of the client's.</summary>
    public required TimeSpan Skew { get; init; }

    public required TimeSpan TokenLifetime { get; init; }

    /// <summary>Requests an hour for each identity.</summary>
    public required int HourlyLimit { get; init; }

    public required TimeSpan Deadline { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required TimeSpan BackoffBase { get; init; }

    public required int MaxAttempts { get; init; }

    public required int CircuitMinimumThroughput { get; init; }

    public required int PageSize { get; init; }
}

/// <summary>What a caller asks for.</summary>
internal enum Operation
{
    GetRepository,
    ListRepositories,
    GetTree,
    GetCachedTree,
    ScanTrees,
    SendGet,
    SendPut,
    SendPost,
}

/// <summary>One call of one caller.</summary>
/// <param name="Number">Its place in the scenario.</param>
/// <param name="Operation">What it asks for.</param>
/// <param name="Repository">Of which repository, where that matters.</param>
/// <param name="StartsAt">When, from the start of the run on.</param>
/// <param name="CancelsAfter">When the caller gives up, from the start of the call on; <see langword="null"/> for one who waits.</param>
internal sealed record PlannedCall(int Number, Operation Operation, SimulatedRepository Repository, TimeSpan StartsAt, TimeSpan? CancelsAfter)
{
    /// <summary>What its requests carry, so that they can be told from others'.</summary>
    public string Tag => $"call {Number}";

    public override string ToString() =>
        $"{Tag}: {Operation} {Repository.Name} ({Repository.Kind}) at {StartsAt.TotalSeconds:0.###} s" + (CancelsAfter is { } patience ? $", cancelled after {patience.TotalSeconds:0.###} s" : "");
}

/// <summary>How a repository is.</summary>
internal enum RepositoryKind
{
    Full,
    Truncated,
    Empty,
    Forbidden,
    Missing,
}

/// <summary>A repository of the simulated account.</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="Kind">How it is.</param>
/// <param name="Tree">What is in it; <see langword="null"/> for one that is empty or missing.</param>
internal sealed record SimulatedRepository(string Name, RepositoryKind Kind, FakeTree? Tree);
