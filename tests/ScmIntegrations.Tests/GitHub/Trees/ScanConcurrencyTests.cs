using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>How many repositories are read at a time.</summary>
public sealed class ScanConcurrencyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(null)]
    public async Task A_scan_reads_as_many_at_a_time_as_it_may_and_no_more(int? concurrency)
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Concurrency = 5);
        fixture.AddRepositories(40);
        var most = concurrency ?? 5;
        var (underWay, highest) = (0, 0);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.BeforeSend = async (request, token) =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                var now = Interlocked.Increment(ref underWay);
                InterlockedMax(ref highest, now);
                if (now >= most)
                {
                    full.TrySetResult();
                }

                // Nobody goes on before as many as may are there together.
                await full.Task.WaitAsync(token);
                await Task.Yield();
                Interlocked.Decrement(ref underWay);
            }
        };

        var results = await fixture.ScanAsync(new() { Concurrency = concurrency });

        results.Should().HaveCount(40);
        highest.Should().Be(most);
    }

    [Fact]
    public async Task GitHub_never_sees_more_at_a_time_either()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(60);
        var highest = 0;
        fixture.GitHub.When(_ =>
        {
            InterlockedMax(ref highest, fixture.GitHub.Requests.Count(request => request.Status is null));
            return false;
        }).Answer(Answers.Real());

        _ = await fixture.ScanAsync(new() { Concurrency = 4 });

        highest.Should().BeInRange(1, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void More_or_less_than_GitHub_takes_is_refused(int concurrency) =>
        FluentActions.Invoking(() => new TreeScanOptions { Concurrency = concurrency }).Should().Throw<ArgumentOutOfRangeException>();

    private static void InterlockedMax(ref int highest, int candidate)
    {
        for (var seen = Volatile.Read(ref highest); candidate > seen; seen = Volatile.Read(ref highest))
        {
            Interlocked.CompareExchange(ref highest, candidate, seen);
        }
    }
}
