using System.Collections.Concurrent;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulation.Tests.Server;

/// <summary>Decides for each request what happens to it, by what it is and how many-eth of its kind.</summary>
internal sealed class FaultPlan(Scenario scenario, TimeProvider time)
{
    public const string TagHeader = "X-Simulation-Call";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private static readonly FaultRule[] Drawn = [.. FaultRule.All.SelectMany(rule => Enumerable.Repeat(rule, rule.Weight))];
    private static readonly FaultRule[] DrawnWithoutLimits = [.. Drawn.Where(rule => !rule.IsLimit)];
    private static readonly FaultRule Nothing = Of(FaultKind.None);

    private readonly ConcurrentDictionary<RecordedRequest, FaultRule> _decided = new();
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forbidden =
    [
        .. scenario.Repositories.Where(repository => repository.Kind is RepositoryKind.Forbidden).Select(repository => $"/repos/{repository.Name}/git/"),
    ];

    private volatile HashSet<string> _revoked = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What was decided for a request.</summary>
    public FaultRule RuleOf(RecordedRequest request) => _decided.GetOrAdd(request, Decide);

    /// <summary>Whether the fake itself has to answer: it has the route, or knows better about the token.</summary>
    public bool IsAnsweredByRoute(RecordedRequest request) =>
        !request.Path.StartsWith("/things/", StringComparison.Ordinal) || (request.Token is { } token && _revoked.Contains(token));

    /// <summary>Every token that was used so far is revoked.</summary>
    public void Revoke() => _revoked = _tokens.Keys.ToHashSet(StringComparer.Ordinal);

    private static FaultRule Of(FaultKind kind) => FaultRule.All.First(rule => rule.Kind == kind);

    private FaultRule Decide(RecordedRequest request)
    {
        var identity = $"{request.Method} {request.Target} {request.Headers.GetValueOrDefault(TagHeader)}";
        var occurrence = _seen.AddOrUpdate(identity, 1, static (_, seen) => seen + 1);
        Draw Of(string purpose) => scenario.Draws.Of(identity, occurrence, purpose);

        var isFirstMoments = request.Token is { } token && time.GetUtcNow() - _tokens.GetOrAdd(token, static (_, now) => now, time.GetUtcNow()) < Freshness;
        if (isFirstMoments && scenario.RefusesFreshTokens && !request.Path.StartsWith("/app/", StringComparison.Ordinal) && Of("fresh").Chance(0.4))
        {
            return FaultPlan.Of(Of("fresh how").Pick(FaultKind.FreshTokenRefused, FaultKind.FreshTokenSeesNothing));
        }

        if (_forbidden.Any(path => request.Path.StartsWith(path, StringComparison.Ordinal)))
        {
            return FaultPlan.Of(FaultKind.PermissionMissing);
        }

        return Of("happens").Chance(scenario.FaultRate) ? Of("what").Pick(scenario.HasLimits ? Drawn : DrawnWithoutLimits) : Nothing;
    }
}
