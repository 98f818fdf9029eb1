using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Several folders of a truncated tree are read at a time, and it makes no difference but of time.</summary>
public sealed class TreeWalkConcurrencyTests
{
    private static readonly RepositoryRef Api = new("acme/api");
    private static readonly FakeTree Served = FakeTree.FromPaths("a/1", "a/x/2", "b/1", "c/1", "d/1", "e/1", "f/1", "g");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_requests_are_under_way_than_allowed_and_as_many_as_that(int concurrency)
    {
        await using var fixture = await StartAsync(concurrency);
        var (underWay, most) = (0, 0);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.BeforeSend = async (request, token) =>
        {
            if (IsFolder(request))
            {
                lock (full)
                {
                    most = Math.Max(most, ++underWay);
                }

                if (most == concurrency)
                {
                    full.TrySetResult();
                }

                // Nobody goes on before all that may be are under way.
                await full.Task.WaitAsync(token);
                lock (full)
                {
                    underWay--;
                }
            }
        };

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(Served.Entries);
        most.Should().Be(concurrency);
    }

    [Fact]
    public async Task The_order_is_gits_whatever_answer_comes_first()
    {
        await using var fixture = await StartAsync(concurrency: 8);
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = 0;
        fixture.AfterSend = request =>
        {
            if (IsFolder(request) && Interlocked.Increment(ref answered) == 5)
            {
                others.TrySetResult();
            }
        };
        fixture.BeforeSend = (request, token) => IsOf(request, "a") ? others.Task.WaitAsync(token) : Task.CompletedTask;

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(Served.Entries);
        tree.Columns.IsOrdered.Should().BeTrue();
    }

    [Fact]
    public async Task The_first_error_ends_the_walk_and_leaves_nobody_behind()
    {
        await using var fixture = await StartAsync(concurrency: 8);
        fixture.GitHub.When(HttpMethod.Get, $"/repos/acme/api/git/trees/{IdOf("c")}").Answer(Answers.GitHubError(403, "Resource not accessible by personal access token"));
        var (waiting, cancelled) = (0, 0);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.BeforeSend = async (request, token) =>
        {
            if (!IsFolder(request))
            {
                return;
            }

            if (Interlocked.Increment(ref waiting) == 6)
            {
                all.TrySetResult();
            }

            await all.Task.WaitAsync(token);
            if (!IsOf(request, "c"))
            {
                await Cancelled(token);
                Interlocked.Increment(ref cancelled);
                token.ThrowIfCancellationRequested();
            }
        };

        await fixture.Client.Invoking(client => client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmForbiddenException>();

        cancelled.Should().Be(5);
        fixture.Outcomes("get_tree").Should().HaveCount(2);
    }

    [Fact]
    public async Task Cancelling_ends_everything_under_way()
    {
        await using var fixture = await StartAsync(concurrency: 8);
        using var cancelling = new CancellationTokenSource();
        var (waiting, cancelled) = (0, 0);
        fixture.BeforeSend = async (request, token) =>
        {
            if (IsFolder(request))
            {
                if (Interlocked.Increment(ref waiting) == 6)
                {
                    await cancelling.CancelAsync();
                }

                await Cancelled(token);
                Interlocked.Increment(ref cancelled);
                token.ThrowIfCancellationRequested();
            }
        };

        (await fixture.Client.Invoking(client => client.GetTreeAsync(Api, "main", cancelling.Token))
            .Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelling.Token);

        cancelled.Should().Be(6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task The_floor_of_requests_is_reached_and_not_gone_below(int concurrency)
    {
        await using var fixture = await StartAsync(concurrency);
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 207;

        var tree = (await fixture.ScanAsync()).Should().ContainSingle().Which.Tree!;

        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining.Should().BeInRange(200, 201, "a scan is background work");
        tree.MissingFolders.Should().Contain("f").And.NotContain("a");
    }

    [Fact]
    public async Task Missing_folders_are_named_in_order()
    {
        await using var fixture = await StartAsync(concurrency: 8, truncateAbove: 2, budget: 8);
        fixture.GitHub.When(HttpMethod.Get, $"/repos/acme/api/git/trees/{IdOf("f")}").Answer(Answers.NotFound());

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        tree.MissingFolders.Should().Equal(["a", "f"], "f was missing before a had to be listed");
        fixture.TreeRequests.Should().Be(8);
    }

    private static async Task<TreeFixture> StartAsync(int concurrency, int truncateAbove = 3, int budget = 1000)
    {
        var fixture = await TreeFixture.StartAsync(options => (options.Trees.Concurrency, options.Trees.MaxRequestsPerTree) = (concurrency, budget));
        fixture.AddRepository("acme/api", Served).TruncateAbove = truncateAbove;
        return fixture;
    }

    private static string IdOf(string folder) => Served.Entries.Single(entry => entry.Path.Equals(folder, StringComparison.Ordinal)).Sha;

    private static bool IsOf(HttpRequestMessage request, string folder) => request.RequestUri!.AbsolutePath.EndsWith(IdOf(folder), StringComparison.Ordinal);

    /// <summary>Whether a folder is read, and neither the branch nor the root of the walk.</summary>
    private static bool IsFolder(HttpRequestMessage request) => !request.RequestUri!.AbsolutePath.EndsWith("/main", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.EndsWith(Served.CommitId, StringComparison.Ordinal);

    private static async Task Cancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => cancelled.TrySetResult());
        await cancelled.Task;
    }
}
