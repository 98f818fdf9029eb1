using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>A GitHub of which every fifth answer is a fault.</summary>
public sealed class BrownOutTests(LoadReport report)
{
    private const int PerSecond = 50;

    // Three attempts fail together in 0.8 %, so the target leaves 0.2 %: with 20,000 calls that is three deviations. What is drawn is the same each time.
    private static readonly int Calls = LoadForm.IsFull ? 20_000 : 10_000;

    [Fact]
    public Task Of_calls_in_a_brown_out_99_in_a_hundred_succeed_at_a_quarter_more_requests() => VirtualTime.OnPoolAsync(async () =>
    {
        var time = new ManualTimeProvider();
        await using var gitHub = FakeGitHub.InMemory(options => options.TimeProvider = time);
        var draw = new Draw(rate: 0.2, seed: 20);
        gitHub.When(request => draw.Hits(request.Path)).AnswerInTurn(Answers.ServerError(502), Answers.Reset(), Answers.ServerError(503));
        gitHub.WhenAnything().Answer(Answers.Text(204));
        await using var client = new LoadClient(gitHub, time);

        var calls = await OpenLoop.RunAsync(time, PerSecond, Calls, number => client.GitHub.SendAsync(GitHubRequest.Get("/things/{number}", $"{number}")));

        var success = calls.Count(call => call.Error is null) / (double)Calls;
        var perCall = gitHub.Requests.Count / (double)Calls;
        report.Add(9, $"brown-out of 20 %, {Calls:N0} calls at {PerSecond} a second", ">= 99 % success at <= 1.25 calls", $"{success:P2} at {perCall:0.000} calls, {calls.Count(call => call.Error is ScmCircuitOpenException)} refused by the circuit");
        success.Should().BeGreaterThanOrEqualTo(0.99);
        perCall.Should().BeLessThanOrEqualTo(1.25);
        time.ArmedTimers.Should().Be(0);
    });
}
