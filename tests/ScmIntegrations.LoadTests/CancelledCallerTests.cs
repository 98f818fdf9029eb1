using ScmIntegrations.GitHub;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>Ten thousand callers who leave before their answer comes.</summary>
public sealed class CancelledCallerTests(LoadReport report)
{
    private const int Count = 10_000;
    private const int Keys = 100;

    // What a registration, a timer or a token source would take at least is 64 bytes.
    private const int MostBytesKept = 32;

    // Told and not asserted: how long ten thousand exceptions take depends on what else the machine does.
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private int _underWay;

    [Fact]
    public Task Callers_who_leave_leave_nothing_behind() => VirtualTime.OnPoolAsync(async () =>
    {
        await using var gitHub = NewGitHub();
        gitHub.WhenAnything().Answer(Answers.Custom(StallAsync));
        await using var client = new LoadClient(gitHub, _time);
        using var leaving = new CancellationTokenSource();
        var starting = Callers.Start(Count, number => CallAsync(client, number, leaving.Token));
        await VirtualTime.IdleAsync();
        var (underWay, timers, since, cpu) = (_underWay, _time.ArmedTimers, TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);

        await leaving.CancelAsync();
        var ended = await Task.WhenAll(starting);
        await VirtualTime.IdleAsync();
        var (took, work) = (TimeProvider.System.GetElapsedTime(since), Environment.CpuUsage.TotalTime - cpu);
        var (sent, timersLeft, underWayLeft) = (gitHub.Requests.Count, _time.ArmedTimers, _underWay);
        await _time.PassAsync(TimeSpan.FromMinutes(5));
        var sentAfter = gitHub.Requests.Count - sent;

        // Every slot is free again: as many as there are get through at once.
        gitHub.Faults.Clear();
        gitHub.WhenAnything().Answer(Answers.Text(204).After(TimeSpan.FromSeconds(1)));
        await _time.RunAsync(Task.WhenAll(Callers.Start(100, number => SendAsync(client, number, CancellationToken.None))));
        var inOneSecond = gitHub.Requests.Skip(sent).Select(request => request.Time).Distinct().Count() == 1;
        report.Add(
            13,
            $"{Count:N0} cancelled callers: a third uncached, a third of {Keys} cached keys, a third waiting for a slot or a key of their own",
            "no residual work after 1 s, nothing sent afterwards",
            $"all ended {took.TotalMilliseconds:0} ms later ({work.TotalMilliseconds:0} ms of processor time, most of it exceptions on their way up){(took > Target ? " (target of 1 s missed on this machine)" : "")}; requests under way {underWay} before and {underWayLeft} after, timers {timers:N0} and {timersLeft}, {sentAfter} sent in the 5 min after{(inOneSecond ? "" : "; slots are lost")}");
        ended.Should().OnlyContain(cancelled => cancelled);
        underWay.Should().Be(100, "that many slots there are");
        (underWayLeft, timersLeft, sentAfter).Should().Be((0, 0, 0));
        inOneSecond.Should().BeTrue();
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_token_that_lives_on_holds_nothing_of_the_calls_it_was_given_to(bool cancelled) => VirtualTime.OnPoolAsync(async () =>
    {
        // On the system's clock: the manual one remembers every timer, for tests to look at.
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.WhenAnything().Answer(cancelled ? Answers.Stall() : Answers.Text(204));
        await using var client = new LoadClient(gitHub, TimeProvider.System, options => options.RateLimits.MaxConcurrency = 10_000);
        using var living = new CancellationTokenSource();
        const int Calls = 1_000;
        const int Rounds = 10;

        await RoundAsync();
        await RoundAsync();
        var timers = Timer.ActiveCount;

        // What is leaked is leaked every time; what pools take as threads come and go, they take once.
        var perCall = double.MaxValue;
        for (var attempt = 0; attempt < 3 && perCall >= MostBytesKept; attempt++)
        {
            var before = Heap.Bytes();
            for (var round = 0; round < Rounds; round++)
            {
                await RoundAsync();
            }

            perCall = Math.Min(perCall, (Heap.Bytes() - before) / (double)(Rounds * Calls));
        }

        var moreTimers = Timer.ActiveCount - timers;
        report.Add(13, $"{Rounds * Calls:N0} calls under one token that lives on, {(cancelled ? "cancelled by tokens linked to it" : "answered")}", $"no leaked linked CTS (< {MostBytesKept} B a call), no timer", $"{perCall:0.0} B a call kept, {moreTimers} more timers");
        perCall.Should().BeLessThan(MostBytesKept);
        moreTimers.Should().BeLessThan(10, "the process has some of its own");

        async Task RoundAsync()
        {
            using var own = CancellationTokenSource.CreateLinkedTokenSource(living.Token);
            var calls = Callers.Start(Calls, number => SendAsync(client, number, cancelled ? own.Token : living.Token));
            await VirtualTime.IdleAsync();
            if (cancelled)
            {
                await own.CancelAsync();
            }

            (await Task.WhenAll(calls)).Should().OnlyContain(ended => ended == cancelled);
            await VirtualTime.IdleAsync();
            gitHub.ClearRequests();
        }
    });

    private static Task<bool> CallAsync(LoadClient client, int number, CancellationToken cancellationToken) => (number % 3) switch
    {
        0 => SendAsync(client, number, cancellationToken),
        1 => EndsCancelledAsync(client.GitHub.GetCachedTreeAsync(new RepositoryRef("acme/api"), $"branch-{number % Keys}", cancellationToken)),
        _ => EndsCancelledAsync(client.GitHub.GetCachedTreeAsync(new RepositoryRef("acme/api"), $"own-{number}", cancellationToken)),
    };

    private static Task<bool> SendAsync(LoadClient client, int number, CancellationToken cancellationToken) =>
        EndsCancelledAsync(client.GitHub.SendAsync(GitHubRequest.Get("/things/{number}", $"{number}"), cancellationToken));

    private static async Task<bool> EndsCancelledAsync(Task call)
    {
        try
        {
            await call;
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task StallAsync(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private FakeGitHub NewGitHub() => FakeGitHub.InMemory(options => options.TimeProvider = _time);
}
