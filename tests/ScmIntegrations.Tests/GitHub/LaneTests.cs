using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>How many requests of one credential are sent at a time, at what pace, and who goes first.</summary>
public sealed class LaneTests
{
    [Fact]
    public void A_request_is_interactive_unless_it_says_otherwise()
    {
        GitHubRequest.Get("/things").Lane.Should().Be(RequestLane.Interactive);
        FluentActions.Invoking(() => GitHubRequest.Get("/things") with { Lane = (RequestLane)2 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*interactive or background*");
    }

    [Fact]
    public async Task Background_requests_stop_at_the_floor_and_interactive_ones_do_not()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 203;

        await SendAsync(fixture, RequestLane.Background);
        await SendAsync(fixture, RequestLane.Background);
        await SendAsync(fixture, RequestLane.Background);
        var refused = await FluentActions.Awaiting(() => SendAsync(fixture, RequestLane.Background)).Should().ThrowAsync<ScmRateLimitException>();

        refused.Which.Origin.Should().Be(ErrorOrigin.Client);
        refused.Which.RetryAt.Should().Be(fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).ResetsAt);
        await SendAsync(fixture, RequestLane.Interactive);
        fixture.GitHub.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task Background_requests_wait_for_their_turn_outside_of_their_deadline()
    {
        await using var fixture = await StartAsync(options =>
        {
            (options.RateLimits.BackgroundBurst, options.RateLimits.BackgroundRequestsPerSecond) = (1, 0.01);
            options.Resilience.Deadline = TimeSpan.FromSeconds(10);
        });
        await SendAsync(fixture, RequestLane.Background);
        var second = SendAsync(fixture, RequestLane.Background);
        await SendAsync(fixture, RequestLane.Interactive);
        second.IsCompleted.Should().BeFalse();

        fixture.Time.Advance(TimeSpan.FromSeconds(101));

        await second;
    }

    [Fact]
    public async Task No_more_than_a_hundred_are_under_way_and_the_rest_follow()
    {
        await using var fixture = await StartAsync();
        var release = Hold(fixture, out var underWay);
        var calls = Enumerable.Range(0, 1000).Select(_ => SendAsync(fixture, RequestLane.Interactive)).ToArray();

        await WaitUntilAsync(() => underWay.Now == 100);
        release.SetResult();

        await Task.WhenAll(calls);
        fixture.GitHub.Requests.Should().HaveCount(1000);
        underWay.Highest.Should().Be(100);
    }

    [Fact]
    public async Task Interactive_requests_are_not_queued_behind_background_ones()
    {
        await using var fixture = await StartAsync();
        var release = Hold(fixture, out var underWay);
        var background = Enumerable.Range(0, 200).Select(_ => SendAsync(fixture, RequestLane.Background)).ToArray();
        await WaitUntilAsync(() => underWay.Now == 80);

        var interactive = Enumerable.Range(0, 20).Select(_ => SendAsync(fixture, RequestLane.Interactive)).ToArray();

        await WaitUntilAsync(() => underWay.Now == 100);
        release.SetResult();
        await Task.WhenAll([.. background, .. interactive]);
    }

    [Fact]
    public async Task Waiting_for_ones_turn_takes_no_time_of_the_attempt()
    {
        await using var fixture = await StartAsync(options => options.RateLimits.MaxConcurrency = 1);
        var (first, second) = (Hold(fixture, out _), new TaskCompletionSource());
        var calls = new[] { SendAsync(fixture, RequestLane.Interactive), SendAsync(fixture, RequestLane.Interactive) };
        await WaitUntilAsync(() => fixture.Time.ArmedTimers >= 3);
        fixture.Time.Advance(TimeSpan.FromSeconds(25));

        fixture.BeforeSend = async (_, token) => await second.Task.WaitAsync(token);
        first.SetResult();
        await calls[0];
        fixture.Time.Advance(TimeSpan.FromSeconds(25));
        second.SetResult();

        await calls[1];
        fixture.GitHub.Requests.Should().HaveCount(2, "50 seconds after it was called the second is in its first attempt, which may take 30");
    }

    [Fact]
    public async Task Who_is_cancelled_while_waiting_is_not_sent()
    {
        await using var fixture = await StartAsync(options => options.RateLimits.MaxConcurrency = 1);
        var release = Hold(fixture, out _);
        var first = SendAsync(fixture, RequestLane.Interactive);
        using var caller = new CancellationTokenSource();
        var waiting = fixture.Client.SendAsync(Requests.To(HttpMethod.Get, "/user"), caller.Token);

        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        release.SetResult();
        await first;
        await SendAsync(fixture, RequestLane.Interactive);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task However_a_request_ends_its_place_is_free_again()
    {
        await using var fixture = await StartAsync(options => (options.RateLimits.MaxConcurrency, options.MaxResponseBytes) = (1, 100_000));
        Answer[] endings =
        [
            Answers.ServerError(), Answers.Reset(), Answers.NotFound(), Answers.Json(200, "{"), Answers.Json(200, "{}").CutAfter(1), Answers.BadCredentials(),
            Answers.Json(200, new string(' ', 200_000)), Answers.Redirect("https://elsewhere.example/", 307), Answers.SecondaryRateLimit(TimeSpan.FromSeconds(1)),
        ];
        foreach (var ending in endings)
        {
            fixture.GitHub.When(HttpMethod.Get, "/broken").Answer(ending);
            await FluentActions.Awaiting(() => fixture.Client.SendAsync(Requests.To(HttpMethod.Get, "/broken"), Requests.AnyJson, TestContext.Current.CancellationToken)).Should().ThrowAsync<ScmException>();
            fixture.Time.Advance(TimeSpan.FromSeconds(2));
        }

        fixture.GitHub.When(HttpMethod.Get, "/broken").Answer(Answers.Stall());
        using var caller = new CancellationTokenSource();
        var stalled = fixture.Client.SendAsync(Requests.To(HttpMethod.Get, "/broken"), caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(fixture.GitHub.Requests.Count + 1, TestContext.Current.CancellationToken);
        await caller.CancelAsync();
        await FluentActions.Awaiting(() => stalled).Should().ThrowAsync<OperationCanceledException>();

        await SendAsync(fixture, RequestLane.Interactive);
    }

    private static Task<TreeFixture> StartAsync(Action<GitHubIntegrationOptions>? configure = null) => TreeFixture.StartAsync(options =>
    {
        options.RateLimits.BackgroundBurst = 1000;
        configure?.Invoke(options);
    });

    private static Task SendAsync(TreeFixture fixture, RequestLane lane) =>
        fixture.Client.SendAsync(Requests.To(HttpMethod.Get, "/user/repos") with { Lane = lane }, TestContext.Current.CancellationToken);

    /// <summary>Holds every request before it goes on the wire, and counts how many are there.</summary>
    private static TaskCompletionSource Hold(TreeFixture fixture, out Counter underWay)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = underWay = new Counter();
        fixture.BeforeSend = async (_, token) =>
        {
            counter.Add(1);
            await release.Task.WaitAsync(token);
            counter.Add(-1);
        };
        return release;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Counter
    {
        private readonly Lock _lock = new();
        private int _now;

        public int Highest { get; private set; }

        public int Now => Volatile.Read(ref _now);

        public void Add(int count)
        {
            lock (_lock)
            {
                _now += count;
                Highest = Math.Max(Highest, _now);
            }
        }
    }
}
