using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>A GitHub that is down for ten minutes under fifty calls a second.</summary>
public sealed class OutageTests(LoadReport report)
{
    private const int PerSecond = 50;

    private static readonly TimeSpan DownFrom = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Target = TimeSpan.FromSeconds(10);

    // As the defaults have it.
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Of a well host's calls the circuit needs as many failures as successes in its window, so it opens after half of that: later
    /// than the target with the default of 30 s, and within it with 15 s. With 0 there is no circuit, and the retry budget stands alone.
    /// </summary>
    /// <param name="window">The circuit's sampling duration, in seconds.</param>
    /// <param name="minutes">How long the outage is.</param>
    [Theory]
    [InlineData(30, 10)]
    [InlineData(15, 2)]
    [InlineData(0, 2)]
    public Task An_outage_is_met_with_next_to_no_extra_requests(int window, int minutes) => VirtualTime.OnPoolAsync(async () =>
    {
        var time = new ManualTimeProvider();
        await using var gitHub = FakeGitHub.InMemory(options => options.TimeProvider = time);
        var isDown = false;
        gitHub.When(_ => isDown).AnswerInTurn(Answers.ServerError(503), Answers.Reset(), Answers.ServerError(502));
        gitHub.WhenAnything().Answer(Answers.Text(204));
        await using var client = new LoadClient(gitHub, time, options =>
        {
            options.Resilience.CircuitSamplingDuration = window > 0 ? TimeSpan.FromSeconds(window) : options.Resilience.CircuitSamplingDuration;

            // With so many calls wanted before it judges, it never does.
            options.Resilience.CircuitMinimumThroughput = window > 0 ? 20 : 100_000;
        });
        var (start, downUntil) = (time.GetUtcNow(), DownFrom + TimeSpan.FromMinutes(LoadForm.IsFull ? 10 : minutes));

        var all = await OpenLoop.RunAsync(
            time,
            PerSecond,
            PerSecond * (int)(downUntil + After).TotalSeconds,
            number => client.GitHub.SendAsync(GitHubRequest.Get("/things/{number}", $"{number}")),
            passed => isDown = passed >= DownFrom && passed < downUntil);

        var meanwhile = all.Where(call => call.StartedAt - start >= DownFrom && call.StartedAt - start < downUntil).ToList();
        var sent = gitHub.Requests.Count(request => request.Time - start >= DownFrom && request.Time - start < downUntil);
        var ratio = sent / (double)meanwhile.Count;
        var opened = all.FirstOrDefault(call => call.Error is ScmCircuitOpenException)?.EndedAt - start - DownFrom;
        var recovered = all.First(call => call.EndedAt - start >= downUntil && call.Error is null).EndedAt - start - downUntil;
        var failedAfter = all.Count(call => call.StartedAt - start > downUntil + recovered && call.Error is not null);
        var circuit = window > 0 ? FormattableString.Invariant($"; opened after {opened?.TotalSeconds:0.0} s") : "";
        report.Add(
            8,
            $"full outage, {(downUntil - DownFrom).TotalMinutes:0} min at {PerSecond} a second, {(window > 0 ? $"circuit over {window} s" : "retry budget alone")}",
            window > 0 ? "<= 1.01x requests; circuit opens within 10 s, recovers within 1 half-open period (15 s)" : "<= 1.01x requests",
            $"{sent:N0} requests for {meanwhile.Count:N0} calls ({ratio:0.0000}x){circuit}{(opened > Target ? " (target missed)" : "")}; recovered {recovered.TotalSeconds:0.0} s after the end, {failedAfter} calls failed from then on");
        ratio.Should().BeLessThanOrEqualTo(1.01);
        meanwhile.Should().OnlyContain(call => call.Error != null);
        failedAfter.Should().Be(0);
        recovered.Should().BeLessThanOrEqualTo(Break);
        if (window > 0)
        {
            opened.Should().BeLessThanOrEqualTo(window is 30 ? TimeSpan.FromSeconds(window / 2) : Target);
        }
    });
}
