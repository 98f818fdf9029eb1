using ScmIntegrations.Simulation.Tests.Client;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Simulation.Tests.Server;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>One seed: a client, a GitHub, a clock and some callers. Moved step by step from outside, whenever nothing can run.</summary>
internal sealed class SimulationRun : IAsyncDisposable
{
    // Some 200 steps are usual. A run that takes this many waits for something that does not come.
    private const int MostSteps = 20_000;

    private readonly ManualTimeProvider _time = new();
    private readonly DateTimeOffset _startedAt;
    private readonly SimulatedGitHub _gitHub;
    private readonly SimulatedClient _client;
    private readonly SimulatedCall[] _calls;
    private readonly List<ITimer> _revocations;
    private string? _brokenOff;
    private int _steps;

    public SimulationRun(Scenario scenario)
    {
        Scenario = scenario;
        _startedAt = _time.GetUtcNow();
        _gitHub = new(scenario, _time);
        _client = new(scenario, _gitHub, _time);
        _calls = [.. scenario.Calls.Select(call => new SimulatedCall(call, scenario.Repositories, _client.GitHub, _time))];
        _revocations = [.. scenario.Revocations.Select(after => _time.CreateTimer(_ => _gitHub.RevokeTokens(), null, after, Timeout.InfiniteTimeSpan))];
        foreach (var call in _calls)
        {
            _ = call.RunAsync();
        }
    }

    public Scenario Scenario { get; }

    public bool IsExact { get; set; } = true;

    /// <summary>Set when the run is over.</summary>
    public RunRecord? Record { get; private set; }

    /// <summary>Moves the clock to the next timer, or ends the run. To be called only while nothing of the run can run.</summary>
    public void Step()
    {
        var pending = _calls.Where(call => !call.HasEnded).ToList();
        if (pending.Count == 0 && _client.UnderWay.Count == 0)
        {
            Record = Describe();
        }
        else if (WhyBreakOff(pending) is { } reason)
        {
            _brokenOff = $"{reason} Pending: {string.Join("; ", pending.Select(call => call.Plan))}; requests under way: {_client.UnderWay.Count}; timers armed: {_time.ArmedTimers}.";
            Record = Describe();
        }
        else
        {
            _time.Advance(_time.UntilNextTimer!.Value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _revocations.ForEach(timer => timer.Dispose());
        await _gitHub.DisposeAsync();
        await _client.DisposeAsync();
    }

    private string? WhyBreakOff(IEnumerable<SimulatedCall> pending)
    {
        if (_time.UntilNextTimer is not { } next)
        {
            return "Nothing can run, and no timer is armed.";
        }

        if (++_steps > MostSteps)
        {
            return $"The run has taken {MostSteps} steps.";
        }

        var then = _time.GetUtcNow() + next;
        return pending.Any(call => call.StartedAt is { } startedAt && then - startedAt > WaitBounds.Longest(call.Plan, Scenario))
            || then - _startedAt > WaitBounds.LongestRun(Scenario)
            ? $"At {then - _startedAt} of virtual time a call would be older than every deadline of it together."
            : null;
    }

    private RunRecord Describe() => new()
    {
        Scenario = Scenario,
        Calls = [.. _calls.Select(call => call.Record)],
        Requests = _gitHub.Requests(),
        Outcomes = _client.Ledger.Counts,
        Reports = _client.Ledger.Reports,
        StartedAt = _startedAt,
        EndedAt = _time.GetUtcNow(),
        BrokenOff = _brokenOff,
        IsExact = IsExact,
    };
}
