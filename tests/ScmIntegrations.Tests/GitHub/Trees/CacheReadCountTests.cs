using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Reads of the cache are counted by what they found.</summary>
public sealed class CacheReadCountTests
{
    [Fact]
    public async Task A_miss_is_followed_by_hits()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(1);

        _ = await fixture.ScanAsync();
        _ = await fixture.ScanAsync();

        fixture.CacheReads.Should().Equal("miss", "hit");
    }

    [Fact]
    public async Task An_empty_repository_is_a_negative_hit()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/empty");

        _ = await fixture.ScanAsync();
        _ = await fixture.ScanAsync();

        fixture.CacheReads.Should().Equal("miss", "negative");
    }

    [Fact]
    public async Task A_stale_tree_is_counted_when_it_is_served_for_want_of_better()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        var repository = fixture.AddRepositories(1)[0];
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        repository.Push(FakeTree.Generate(6));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)));

        _ = await fixture.ScanAsync();

        fixture.CacheReads.Should().Equal("miss", "miss", "stale");
    }
}
