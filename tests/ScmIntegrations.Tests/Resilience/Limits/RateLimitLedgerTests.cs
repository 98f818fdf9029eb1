using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>What answers say about limits is remembered, each credential's for itself.</summary>
public sealed class RateLimitLedgerTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task The_limit_of_the_App_is_not_taken_for_the_installations()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.AsInstallation, setup.Time) = (true, _time));
        fixture.GitHub.RateLimits.ForInstallation(ClientSetup.InstallationId).Remaining = 100;
        await fixture.GetApiAsync();

        await fixture.Client.GetInstallationAsync(TestContext.Current.CancellationToken);

        var connection = fixture.Services.GetRequiredKeyedService<GitHubComposition>("").Connection;
        connection.Options.Trees.RequestFloor = 98;
        connection.ReserveReached().Should().BeNull();
        connection.Options.Trees.RequestFloor = 99;
        connection.ReserveReached()!.Message.Should().Contain("99 of 5000");
    }

    [Fact]
    public void Within_a_window_the_lower_count_is_the_later_one()
    {
        var ledger = new RateLimitLedger(_time);
        ledger.Record("me", Reading(remaining: 10));
        ledger.Record("me", Reading(remaining: 12));

        ledger.Find("me", "core")!.Value.Remaining.Should().Be(10);
    }

    [Fact]
    public void A_window_that_has_ended_says_nothing()
    {
        var ledger = new RateLimitLedger(_time);
        ledger.Record("me", Reading(remaining: 0));

        _time.Advance(TimeSpan.FromHours(1));

        ledger.Find("me", "core").Should().BeNull();
    }

    [Fact]
    public void A_new_window_begins_with_its_own_count()
    {
        var ledger = new RateLimitLedger(_time);
        ledger.Record("me", Reading(remaining: 3));

        _time.Advance(TimeSpan.FromHours(1));
        ledger.Record("me", Reading(remaining: 4999));

        ledger.Find("me", "core")!.Value.Remaining.Should().Be(4999);
        ledger.Find("you", "core").Should().BeNull();
        ledger.Find("me", "search").Should().BeNull();
    }

    private RateLimitReading Reading(int remaining) => new("core", 5000, remaining, _time.GetUtcNow().AddHours(1));
}
