using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Any number of callers of one cold tree share one flight.</summary>
public sealed class CachedTreeFlightTests
{
    private const int Callers = 1000;
    private static readonly RepositoryRef Api = new("acme/api");

    [Fact]
    public async Task A_thousand_callers_of_one_cold_tree_are_one_request_and_one_interaction()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(200));
        var release = HoldRequests(fixture);

        var callers = Call(fixture, "main");
        release.SetResult();
        var trees = await Task.WhenAll(callers);

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
        trees.Select(cached => cached.Tree).Distinct().Should().ContainSingle().Which.Should().HaveCount(200);
        trees.Should().OnlyContain(cached => cached.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task A_thousand_callers_without_a_ref_share_the_look_up_of_the_default_branch_too()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var release = HoldRequests(fixture);

        var callers = Call(fixture, null);
        release.SetResult();
        await Task.WhenAll(callers);

        fixture.GitHub.Requests.Should().HaveCount(2);
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_thousand_callers_from_many_threads_are_one_request()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(200));

        await Parallel.ForAsync(0, Callers, TestContext.Current.CancellationToken, async (_, token) =>
            (await fixture.Client.GetCachedTreeAsync(Api, "main", token)).Tree.Should().HaveCount(200));

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_thousand_callers_get_the_same_error_and_the_next_one_asks_again()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(200));
        var fault = fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.ServerError(503));
        var release = HoldRequests(fixture);

        var callers = Call(fixture, "main");
        release.SetResult();
        var errors = await Task.WhenAll(callers.Select(async caller => (await caller.Awaiting(task => task).Should().ThrowAsync<ScmServerException>()).Which));

        errors.Select(error => error.RequestId).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        fixture.GitHub.Requests.Should().HaveCount(3, "one flight has three attempts");
        fixture.Outcomes("get_tree").Should().Equal("started", "failure");
        (await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();

        fault.Remove();
        (await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Tree.Should().HaveCount(200);
    }

    [Fact]
    public async Task A_thousand_callers_of_an_empty_repository_are_one_halt()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api");
        var release = HoldRequests(fixture);

        var callers = Call(fixture, "main");
        release.SetResult();
        var trees = await Task.WhenAll(callers);

        trees.Should().OnlyContain(cached => cached.Status == TreeStatus.Empty && cached.Tree.Count == 0);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Outcomes("get_tree").Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_caller_that_leaves_disturbs_nobody(int leaving)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var release = HoldRequests(fixture);
        using var cancellation = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 3)
            .Select(number => fixture.Client.GetCachedTreeAsync(Api, "main", number == leaving ? cancellation.Token : TestContext.Current.CancellationToken))
            .ToArray();

        await cancellation.CancelAsync();

        (await callers[leaving].Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        release.SetResult();
        foreach (var staying in callers.Where((_, number) => number != leaving))
        {
            (await staying).Tree.Should().HaveCount(20);
        }

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Fact]
    public async Task When_all_have_left_the_call_is_given_up_as_a_halt_and_the_next_one_asks()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Once().Answer(Answers.Stall());
        using var cancellation = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 3).Select(_ => fixture.Client.GetCachedTreeAsync(Api, "main", cancellation.Token)).ToArray();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        await Task.WhenAll(callers).Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await fixture.WaitForEndsAsync("get_tree", 1);
        fixture.Outcomes("get_tree").Should().Equal("started", "halted");
        (await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Tree.Should().HaveCount(20);
    }

    [Fact]
    public async Task A_hit_is_neither_a_request_nor_an_interaction()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var fetched = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        fixture.GitHub.ClearRequests();

        var cached = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        cached.Status.Should().Be(TreeStatus.Cached);
        cached.Tree.Should().BeSameAs(fetched.Tree);
        cached.FetchedAt.Should().Be(fetched.FetchedAt);
        cached.ExpiresAt.Should().Be(fetched.ExpiresAt);
        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Fact]
    public async Task Who_names_a_branch_does_not_get_the_one_that_has_become_the_default()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        repository.Push(FakeTree.Generate(9), "next");
        _ = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromHours(24));
        repository.DefaultBranch = "next";
        var release = HoldRequests(fixture);

        var byDefault = fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        var byName = fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        release.SetResult();

        (await byDefault).Tree.Should().HaveCount(9);
        (await byName).Tree.Should().HaveCount(20);
    }

    [Fact]
    public async Task An_invalidation_is_remembered_however_full_the_cache_is()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.CacheBytes = 1024 * 1024);
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var (sent, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        fixture.BeforeSend = async (request, _) =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("/acme/api/", StringComparison.Ordinal))
            {
                sent.TrySetResult();
                await go.Task;
            }
        };
        var before = fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        await sent.Task;
        await fixture.Client.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        for (var number = 1; number <= 12; number++)
        {
            fixture.AddRepository($"acme/large{number}", FakeTree.Generate(4000, number));
            _ = await fixture.Client.GetCachedTreeAsync(new($"acme/large{number}"), "main", TestContext.Current.CancellationToken);
        }

        go.SetResult();
        _ = await before;

        (await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();
    }

    private static Task<CachedTree>[] Call(TreeFixture fixture, string? gitRef) =>
        [.. Enumerable.Range(0, Callers).Select(_ => fixture.Client.GetCachedTreeAsync(Api, gitRef, TestContext.Current.CancellationToken))];

    private static TaskCompletionSource HoldRequests(TreeFixture fixture)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.BeforeSend = (_, token) => release.Task.WaitAsync(token);
        return release;
    }
}
