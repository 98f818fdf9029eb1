using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>A scan can be stopped anywhere and taken up from there.</summary>
public sealed class ScanCheckpointTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(39)]
    public async Task A_scan_that_was_stopped_goes_on_where_it_stopped(int taken)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(40);
        var checkpoint = new TreeScanCheckpoint();
        var before = await TakeAsync(fixture, taken, checkpoint);

        // The last one was given, and nobody came back to say that it was taken.
        checkpoint.Count.Should().Be(taken - 1);
        var after = await fixture.ScanAsync(new() { Checkpoint = TreeScanCheckpoint.Parse(checkpoint.ToString()) });

        after.Should().HaveCount(40 - taken + 1);
        before.Take(taken - 1).Concat(after).Select(result => result.Repository.FullName).Should().OnlyHaveUniqueItems().And.HaveCount(40);
    }

    [Fact]
    public async Task What_a_limit_kept_from_being_asked_is_asked_by_the_next_scan()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.RequestFloor = 0);
        fixture.AddRepositories(10);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AfterRequests(4).Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(20)));
        var checkpoint = new TreeScanCheckpoint();
        var first = await fixture.ScanAsync(new() { Checkpoint = checkpoint, Concurrency = 1 });
        fixture.GitHub.Faults.Clear();
        fixture.Time.Advance(TimeSpan.FromMinutes(21));
        fixture.GitHub.ClearRequests();

        var second = await fixture.ScanAsync(new() { Checkpoint = checkpoint, Concurrency = 1 });

        first.Should().HaveCount(10);
        checkpoint.Count.Should().Be(10);
        second.Should().HaveCount(6).And.OnlyContain(result => result.Status == TreeStatus.Fetched);
        fixture.TreeRequests.Should().Be(6);
    }

    [Fact]
    public async Task What_failed_for_good_is_done_and_what_failed_in_passing_is_not()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(4);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r001/git/trees/{sha}").Answer(Answers.PermissionDenied());
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r002/git/trees/{sha}").Answer(Answers.ServerError(502));
        var checkpoint = new TreeScanCheckpoint();

        _ = await fixture.ScanAsync(new() { Checkpoint = checkpoint });

        (await fixture.ScanAsync(new() { Checkpoint = checkpoint })).Should().ContainSingle().Which.Repository.Name.Should().Be("r002");
    }

    [Fact]
    public async Task Progress_counts_what_was_done_before()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(5);
        var checkpoint = new TreeScanCheckpoint();
        _ = await TakeAsync(fixture, 3, checkpoint);
        var told = new List<TreeScanProgress>();

        _ = await fixture.ScanAsync(new() { Checkpoint = checkpoint, Progress = new Recorder(told) });

        told.Select(progress => (progress.Done, progress.Total)).Should().Equal((3, 5), (4, 5), (5, 5));
    }

    [Fact]
    public async Task A_place_in_the_list_does_not_depend_on_what_is_done()
    {
        var stagger = new ManualStagger { Lifetime = TimeSpan.FromHours(1) };
        await using var fixture = await TreeFixture.StartAsync(options => options.Trees.Stagger = stagger);
        fixture.AddRepositories(4);
        var checkpoint = new TreeScanCheckpoint();
        _ = await TakeAsync(fixture, 3, checkpoint);

        _ = await fixture.ScanAsync(new() { Checkpoint = checkpoint });

        stagger.Asked.Select(one => one.Index).Distinct().Should().BeEquivalentTo([0, 1, 2, 3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Its_text_holds_all_of_it_and_is_short(int repositories)
    {
        var checkpoint = new TreeScanCheckpoint();
        var random = new Random(7);
        var ids = Enumerable.Range(0, repositories).Select(_ => random.NextInt64(1, 1_000_000_000)).Distinct().ToList();
        ids.ForEach(checkpoint.Add);

        var text = checkpoint.ToString();
        var read = TreeScanCheckpoint.Parse(text);

        read.Count.Should().Be(ids.Count);
        ids.TrueForAll(read.Contains).Should().BeTrue();
        read.Contains(1_000_000_001).Should().BeFalse();
        text.Length.Should().BeLessThan(16 + (ids.Count * 5));
        read.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("2.")]
    [InlineData("1.!")]
    [InlineData("1.AA==")]
    [InlineData("1.gA==")]
    [InlineData("1.AQA=")]
    [InlineData("1.//////////////8B")]
    [InlineData("1.////////////fwE=")]
    [InlineData(" 1.AQ==")]
    public void What_is_no_checkpoint_is_refused(string text)
    {
        TreeScanCheckpoint.TryParse(text, out _).Should().BeFalse();
        FluentActions.Invoking(() => TreeScanCheckpoint.Parse(text)).Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_id_that_no_repository_has_spoils_no_checkpoint(long id)
    {
        var checkpoint = new TreeScanCheckpoint();
        checkpoint.Add(id);
        checkpoint.Add(7);

        TreeScanCheckpoint.Parse(checkpoint.ToString()).Contains(7).Should().BeTrue();
    }

    private static async Task<IReadOnlyList<TreeScanResult>> TakeAsync(TreeFixture fixture, int count, TreeScanCheckpoint checkpoint)
    {
        var results = new List<TreeScanResult>();
        await foreach (var result in fixture.Client.ScanTreesAsync(new() { Checkpoint = checkpoint }, TestContext.Current.CancellationToken))
        {
            results.Add(result);
            if (results.Count == count)
            {
                break;
            }
        }

        return results;
    }

    private sealed class Recorder(List<TreeScanProgress> told) : IProgress<TreeScanProgress>
    {
        public void Report(TreeScanProgress value) => told.Add(value);
    }
}
