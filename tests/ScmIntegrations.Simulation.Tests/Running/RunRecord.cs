using ScmIntegrations.Interactions;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Simulation.Tests.Server;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>All that is known of a run when it is over; what the invariants are held against.</summary>
internal sealed record RunRecord
{
    public required Scenario Scenario { get; init; }

    public required IReadOnlyList<CallRecord> Calls { get; init; }

    public required IReadOnlyList<WireRequest> Requests { get; init; }

    /// <summary>Interactions counted, by name and outcome.</summary>
    public required IReadOnlyDictionary<(string Interaction, string Outcome), int> Outcomes { get; init; }

    public required IReadOnlyCollection<FailureReport> Reports { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Why the run was broken off; <see langword="null"/> when it ended by itself.</summary>
    public string? BrokenOff { get; init; }

    /// <summary>
    /// Whether the clock was moved only when nothing could run. Where a busy machine kept that from being seen, whatever
    /// goes by the clock says nothing.
    /// </summary>
    public bool IsExact { get; init; } = true;

    /// <summary>The course of the run, a line a call and a request.</summary>
    public IEnumerable<string> Trace() =>
    [
        $"{Scenario with { Repositories = [], Calls = [], Revocations = [] }}",
        .. Calls.Select(call => $"{call}"),
        .. Requests.Select(request => $"{request}"),
        .. Outcomes.Select(one => $"{one.Key.Interaction} {one.Key.Outcome}: {one.Value}"),
    ];
}
