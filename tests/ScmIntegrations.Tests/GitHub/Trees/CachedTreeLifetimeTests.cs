using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>How long a tree, and the answer that there is none, are trusted.</summary>
public sealed class CachedTreeLifetimeTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_empty_answer_lives_exactly_as_long_as_a_tree(bool isEmpty)
    {
        var stagger = new ManualStagger { Lifetime = TimeSpan.FromHours(30) };
        await using var fixture = await TreeFixture.StartAsync(options => options.Trees.Stagger = stagger);
        fixture.AddRepository("acme/api", isEmpty ? null : FakeTree.Generate(20));
        var start = fixture.Time.GetUtcNow();

        var first = await ReadAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromHours(30) - TimeSpan.FromTicks(1));
        var last = await ReadAsync(fixture);
        var requestsBefore = fixture.TreeRequests;
        fixture.Time.Advance(TimeSpan.FromTicks(1));
        var allBefore = fixture.GitHub.Requests.Count;
        var next = await ReadAsync(fixture);

        first.Status.Should().Be(isEmpty ? TreeStatus.Empty : TreeStatus.Fetched);
        first.ExpiresAt.Should().Be(start + stagger.Lifetime);
        last.Status.Should().Be(isEmpty ? TreeStatus.Empty : TreeStatus.Cached);
        requestsBefore.Should().Be(1);
        next.FetchedAt.Should().Be(start + stagger.Lifetime);
        fixture.GitHub.Requests.Should().HaveCount(allBefore + 1);
        fixture.TreeRequests.Should().Be(isEmpty ? 2 : 1, "a branch that has not moved is asked for its commit alone");
        stagger.Asked.Should().HaveCount(2).And.OnlyContain(one => one.Key == "ACME/API@main");
        stagger.Asked.Select(one => one.Now).Should().Equal(start, start + stagger.Lifetime);
    }

    [Fact]
    public async Task By_default_a_pointer_lives_between_23_and_47_hours()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(2));
        fixture.AddRepository("acme/empty");

        var tree = await ReadAsync(fixture);
        var empty = await fixture.Client.GetCachedTreeAsync(new("acme/empty"), "main", TestContext.Current.CancellationToken);

        foreach (var cached in new[] { tree, empty })
        {
            (cached.ExpiresAt - cached.FetchedAt).Should().BeGreaterThanOrEqualTo(TimeSpan.FromHours(23)).And.BeLessThan(TimeSpan.FromHours(47));
        }
    }

    [Fact]
    public async Task An_empty_repository_throws_nothing_and_is_not_asked_again()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api");

        var first = await ReadAsync(fixture);
        var second = await ReadAsync(fixture);
        var found = await FindAsync(fixture);

        new[] { first, second, found! }.Should().OnlyContain(cached => cached.Status == TreeStatus.Empty && cached.Tree.Count == 0 && cached.Tree.IsComplete);
        fixture.TreeRequests.Should().Be(1);
        fixture.Outcomes("get_tree").Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_push_lifts_the_empty_answer()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api");
        _ = await ReadAsync(fixture);
        fixture.GitHub.Push("acme/api", FakeTree.Generate(20));

        (await ReadAsync(fixture)).Status.Should().Be(TreeStatus.Empty, "nobody has said that there was a push");
        await fixture.Client.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        (await ReadAsync(fixture)).Tree.Should().HaveCount(20);
    }

    [Fact]
    public async Task A_push_lifts_the_default_branch_without_its_name()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30));

        await fixture.Client.InvalidateTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        (await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken)).Tree.Should().HaveCount(30);
    }

    [Fact]
    public async Task A_push_to_one_branch_leaves_the_others()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        fixture.GitHub.Push("acme/api", FakeTree.Generate(10), "next");
        _ = await ReadAsync(fixture);
        _ = await fixture.Client.GetCachedTreeAsync(Api, "next", TestContext.Current.CancellationToken);

        await fixture.Client.InvalidateTreeAsync(Api, "next", TestContext.Current.CancellationToken);

        (await ReadAsync(fixture)).Status.Should().Be(TreeStatus.Cached);
        fixture.GitHub.ClearRequests();
        (await fixture.Client.GetCachedTreeAsync(Api, "next", TestContext.Current.CancellationToken)).Status.Should().Be(TreeStatus.Cached, "it has not moved");
        fixture.GitHub.Requests.Should().ContainSingle().Which.Path.Should().EndWith("/commits/next");
    }

    [Fact]
    public async Task An_expired_tree_is_found_as_stale_and_read_anew()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var fetched = await ReadAsync(fixture);
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30));
        fixture.Time.Advance(TimeSpan.FromHours(1));

        var stale = await FindAsync(fixture);

        stale!.Status.Should().Be(TreeStatus.Stale);
        stale.Tree.Should().BeSameAs(fetched.Tree);
        fixture.TreeRequests.Should().Be(1);
        (await ReadAsync(fixture)).Tree.Should().HaveCount(30);
    }

    [Fact]
    public async Task A_stale_tree_survives_a_failed_read()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(500));

        await fixture.Awaiting(ReadAsync).Should().ThrowAsync<ScmServerException>();

        (await FindAsync(fixture))!.Status.Should().Be(TreeStatus.Stale);
    }

    [Fact]
    public async Task A_stale_tree_is_forgotten_after_a_week()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture);

        fixture.Time.Advance(TimeSpan.FromDays(7));
        (await FindAsync(fixture)).Should().NotBeNull();
        fixture.Time.Advance(TimeSpan.FromHours(1));

        (await FindAsync(fixture)).Should().BeNull();
    }

    [Fact]
    public async Task Nothing_cached_is_found_as_nothing_and_without_a_request()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));

        (await FindAsync(fixture)).Should().BeNull();
        (await fixture.Client.FindCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken)).Should().BeNull();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_default_branch_is_noticed_when_the_old_one_has_expired()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger { Lifetime = TimeSpan.FromHours(24) });
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        repository.DefaultBranch = "trunk";
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30));
        fixture.Time.Advance(TimeSpan.FromHours(24));

        var tree = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        tree.Tree.Should().HaveCount(30);
        fixture.GitHub.Requests[^2].Path.Should().EndWith("/commits/trunk");
    }

    [Fact]
    public async Task The_cache_never_takes_more_than_its_bytes()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.CacheBytes = 1024 * 1024);
        string[] names = [.. Enumerable.Range(1, 6).Select(number => $"acme/r{number}")];
        foreach (var name in names)
        {
            // About half a megabyte each: the paths, the ids and what an entry costs besides.
            fixture.AddRepository(name, FakeTree.Generate(6000, name.GetHashCode(StringComparison.Ordinal)));
            (await fixture.Client.GetCachedTreeAsync(new(name), "main", TestContext.Current.CancellationToken)).Tree.Should().HaveCount(6000);
        }

        var kept = 0;
        foreach (var name in names)
        {
            kept += await fixture.Client.FindCachedTreeAsync(new(name), "main", TestContext.Current.CancellationToken) is null ? 0 : 1;
        }

        kept.Should().BeInRange(1, 2);
        (await fixture.Client.FindCachedTreeAsync(new(names[^1]), "main", TestContext.Current.CancellationToken)).Should().NotBeNull("the newest makes room for itself");
    }

    [Fact]
    public async Task A_tree_larger_than_the_cache_is_read_all_the_same()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.CacheBytes = 1024 * 1024);
        fixture.AddRepository("acme/api", FakeTree.Generate(20_000));

        (await ReadAsync(fixture)).Tree.Should().HaveCount(20_000);
        (await ReadAsync(fixture)).Tree.Should().HaveCount(20_000);

        (await FindAsync(fixture)).Should().BeNull();
        fixture.TreeRequests.Should().Be(2);
    }

    private static Task<CachedTree> ReadAsync(TreeFixture fixture) => fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

    private static async Task<CachedTree?> FindAsync(TreeFixture fixture) => await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
}
