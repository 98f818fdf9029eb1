using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulation.Tests.Scenarios;

/// <summary>Draws a scenario.</summary>
internal static class ScenarioDraw
{
    private const double Minutes = 60;

    // Making a tree takes longer than reading it, and trees do not change.
    private static readonly FakeTree[] Trees = [.. Enumerable.Range(1, 6).Select(number => FakeTree.Generate(number * 6, number))];

    public static Scenario Draw(long seed)
    {
        var draws = new Draws(seed);
        Draw Of(string purpose) => draws.Of("scenario", 0, purpose);

        SimulatedRepository[] repositories = [.. Enumerable.Range(1, Of("repositories").Between(1, 8)).Select(number => Repository(draws, number))];
        double[] clusters = [.. Enumerable.Range(1, Of("clusters").Between(1, 5)).Select(number => draws.Of("cluster", number, "start").Pick(0, draws.Of("cluster", number, "time").Fraction * 240))];
        return new()
        {
            Draws = draws,
            Repositories = repositories,
            Calls = [.. Enumerable.Range(1, Of("calls").Between(3, 18)).Select(number => Call(draws, number, repositories, clusters))],
            Revocations = [.. Enumerable.Range(1, Of("revocations").Pick(0, 0, 0, 1, 2)).Select(number => draws.Of("revocation", number, "time").Duration(0, 240))],
            FaultRate = Of("faults").Pick(0, 0.05, 0.05, 0.2, 0.2, 0.5, 0.85),
            HasLimits = Of("limits").Chance(0.4),
            RefusesFreshTokens = Of("fresh tokens").Chance(0.2),
            Skew = Of("has skew").Pick(0, 0, 1, 1, 1, 1, 1, 1, 1, 15) * Of("skew").Duration(-50, 50),
            TokenLifetime = TimeSpan.FromSeconds(Of("token").Pick(60 * Minutes, 60 * Minutes, 60 * Minutes, 15 * Minutes, 5 * Minutes, 100)),
            HourlyLimit = Of("has hourly limit").Chance(0.08) ? Of("hourly limit").Between(6, 40) : 5000,
            Deadline = Of("deadline").Duration(20, 120),
            AttemptTimeout = Of("attempt").Duration(2, 30),
            BackoffBase = TimeSpan.FromSeconds(Of("backoff").Pick(0, 0, 0.5, 2)),
            MaxAttempts = Of("attempts").Pick(1, 2, 3, 3, 3, 4),
            CircuitMinimumThroughput = Of("circuit").Pick(3, 4, 20, 100),
            PageSize = Of("page").Pick(2, 3, 100),
        };
    }

    private static SimulatedRepository Repository(Draws draws, int number)
    {
        var kind = draws.Of("repository", number, "kind").Pick(
            RepositoryKind.Full, RepositoryKind.Full, RepositoryKind.Full, RepositoryKind.Truncated, RepositoryKind.Empty, RepositoryKind.Forbidden, RepositoryKind.Missing);
        var tree = kind is RepositoryKind.Empty or RepositoryKind.Missing ? null : draws.Of("repository", number, "tree").Pick(Trees);
        return new($"acme/r{number}", kind, tree);
    }

    private static PlannedCall Call(Draws draws, int number, SimulatedRepository[] repositories, double[] clusters)
    {
        Draw Of(string purpose) => draws.Of("call", number, purpose);

        // Half of the callers come at the very same moment, the others shortly after.
        var cluster = TimeSpan.FromSeconds(Math.Floor(Of("cluster").Pick(clusters)));
        return new(
            number,
            Of("operation").Pick(
                Operation.GetRepository, Operation.GetTree, Operation.GetTree, Operation.GetCachedTree, Operation.GetCachedTree, Operation.ListRepositories,
                Operation.ScanTrees, Operation.SendGet, Operation.SendPut, Operation.SendPost, Operation.SendPost),
            Of("repository").Pick(repositories),
            cluster + (Of("together").Chance(0.5) ? TimeSpan.Zero : Of("later").Duration(0, 10)),
            Of("cancels").Chance(0.2) ? Of("patience").Pick(TimeSpan.Zero, Of("short patience").Duration(0, 2), Of("long patience").Duration(0, 60)) : null);
    }
}
