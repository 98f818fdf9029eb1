using ScmIntegrations.Simulation.Tests.Client;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulation.Tests.Server;

/// <summary>The fake GitHub of one run, in memory, with the scenario's repositories and faults.</summary>
internal sealed class SimulatedGitHub : IAsyncDisposable
{
    public const long InstallationId = 7;

    private readonly FakeGitHub _fake;
    private readonly FaultPlan _plan;
    private readonly TimeSpan _skew;

    public SimulatedGitHub(Scenario scenario, TimeProvider time)
    {
        _skew = scenario.Skew;
        _plan = new(scenario, time);
        _fake = FakeGitHub.InMemory(options =>
        {
            // The calls of users to endpoints that GitHub does not have are part of the play.
            options.UnmatchedRequests = UnmatchedRequestHandling.NotFound;
            options.TimeProvider = new SkewedTimeProvider(time, scenario.Skew);
            options.InstallationTokenLifetime = scenario.TokenLifetime;
            options.RateLimit = scenario.HourlyLimit;
        });
        _fake.AddInstallation(_fake.AddApp(1, SimulatedKey.ClientId, SimulatedKey.PublicPem), InstallationId, "acme");
        foreach (var repository in scenario.Repositories.Where(repository => repository.Kind is not RepositoryKind.Missing))
        {
            var added = _fake.AddRepository(repository.Name, one => one.Tree = repository.Tree);
            added.TruncateAbove = repository.Kind is RepositoryKind.Truncated ? 5 : added.TruncateAbove;
        }

        foreach (var rule in FaultRule.All)
        {
            _fake.When(request => ReferenceEquals(_plan.RuleOf(request), rule) && _plan.IsAnsweredByRoute(request)).Answer(rule.ToRoute);
            _fake.When(request => ReferenceEquals(_plan.RuleOf(request), rule)).Answer(rule.ToAnythingElse);
        }
    }

    public Uri Address => _fake.Address;

    /// <summary>The way to it, without compression, which would cost more than everything else together.</summary>
    public HttpMessageHandler CreateHandler() => _fake.CreateHandler(automaticDecompression: false);

    public void RevokeTokens()
    {
        _plan.Revoke();
        _fake.RevokeAllTokens();
    }

    /// <summary>Every request so far, by the client's clock.</summary>
    public IReadOnlyList<WireRequest> Requests()
    {
        var windowEnds = _fake.RateLimits.ForInstallation(InstallationId).ResetsAt - _skew;
        return
        [
            .. _fake.Requests.Select((request, index) => new WireRequest(
                index,
                request.Method.Method,
                request.Target,
                request.Headers.GetValueOrDefault(FaultPlan.TagHeader),
                request.Token,
                request.Time - _skew,
                request.Status,
                _plan.RuleOf(request),
                windowEnds)),
        ];
    }

    public ValueTask DisposeAsync() => _fake.DisposeAsync();
}
