using ScmIntegrations.Testing;

namespace InventoryService.Tests;

public sealed class LimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secondary_limit_on_every_50th_request_is_waited_for()
    {
        await using var fixture = new InventoryFixture();
        // snippet:every-50th
        for (var number = 0; number < 120; number++)
        {
            fixture.GitHub.AddRepository($"acme/service-{number}", repository => repository.Tree = new FakeTreeBuilder().File("main.go").Build());
        }

        var limit = fixture.GitHub.WhenAnything().Every(50).Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(20)));

        // The waits pass at once; the client's own time-outs, which are longer, do not.
        fixture.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(25);
        fixture.Time.AutoAdvance = true;
        var inventory = await fixture.Taker.TakeAllAsync("acme", Cancellation);

        Assert.Equal(120, inventory.Files["Go"]);
        Assert.True(limit.Hits >= 2, limit.ToString());
        // end-snippet
    }

    [Fact]
    public async Task A_limit_without_waiting_tells_when_to_go_on()
    {
        await using var fixture = new InventoryFixture();
        fixture.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(3));
        // snippet:condition
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/git/trees/{sha}").WithQuery("recursive", "1").Once()
            .Answer(Answers.PrimaryRateLimit(resetIn: TimeSpan.FromMinutes(12)));

        var inventory = await fixture.Taker.TakeAsync("acme", Cancellation);

        var inTwelveMinutes = fixture.Time.GetUtcNow() + TimeSpan.FromMinutes(12);
        Assert.InRange(inventory.ContinueAt!.Value, inTwelveMinutes, inTwelveMinutes.AddSeconds(5));
        fixture.GitHub.VerifyAllCalled();
        // end-snippet
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_goes_wrong_on_the_way_the_count_is_right(int seed)
    {
        await using var fixture = new InventoryFixture();
        for (var number = 0; number < 20; number++)
        {
            fixture.GitHub.AddRepository($"acme/service-{number}", repository => repository.Tree = new FakeTreeBuilder().File("main.go").Build());
        }

        // snippet:random
        var faults = fixture.GitHub.Faults.AddRandom(seed, new RandomFaults { Reset = 0.05, BadGateway = 0.05, TruncatedBody = 0.03, Slow = 0.1 });
        fixture.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(25);
        fixture.Time.AutoAdvance = true;

        var inventory = await fixture.Taker.TakeAllAsync("acme", Cancellation);

        Assert.True(inventory.Files["Go"] + inventory.Refused.Count == 20, faults.ToString());
        // end-snippet
    }
}
