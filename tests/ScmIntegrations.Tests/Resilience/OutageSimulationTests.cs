using ScmIntegrations.Simulations.Outages;

namespace ScmIntegrations.Tests.Resilience;

/// <summary>The whole client on virtual time: a third of what stands in <c>docs/performance.md</c>, and the same bounds.</summary>
public sealed class OutageSimulationTests
{
    private const int Calls = 10_000;

    [Fact]
    public async Task An_outage_costs_hardly_a_request_more_than_the_calls()
    {
        var report = await OutageSimulation.RunAsync(failureRate: 1, seed: 1, calls: Calls);

        report.Succeeded.Should().Be(0);
        report.Extra.Should().BeLessThanOrEqualTo(0.01);
        report.RequestsPerCall.Should().BeLessThan(0.05, "the circuit lets one call try in 15 s");
    }

    [Fact]
    public async Task The_budget_alone_does_as_much_when_the_circuit_never_opens()
    {
        var report = await OutageSimulation.RunAsync(failureRate: 1, seed: 1, hasCircuit: false, calls: Calls);

        report.Asked.Should().Be(report.Calls);
        report.Extra.Should().BeInRange(0.0005, 0.01);
    }

    [Fact]
    public async Task A_brown_out_is_hidden_from_nearly_all_callers()
    {
        var report = await OutageSimulation.RunAsync(failureRate: 0.2, seed: 1, calls: Calls);

        report.Success.Should().BeGreaterThanOrEqualTo(0.99);
        report.RequestsPerCall.Should().BeLessThanOrEqualTo(1.25);
    }
}
