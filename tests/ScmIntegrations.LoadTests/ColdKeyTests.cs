using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>Any number of callers who miss the same thing at once.</summary>
public sealed class ColdKeyTests(LoadReport report)
{
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(1);
    private static readonly RepositoryRef Repository = new("acme/api");

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public Task Callers_of_one_cold_key_share_one_call_and_its_tree(int callers) => VirtualTime.OnPoolAsync(async () =>
    {
        await using var gitHub = NewGitHub();
        gitHub.When(HttpMethod.Get, LoadClient.Trees).Answer(Answers.Real().After(Latency));
        await using var client = new LoadClient(gitHub, _time);

        // The answer comes when the clock moves, and that is when everybody waits for it.
        var trees = await _time.RunAsync(Task.WhenAll(Callers.Start(callers, _ => client.GitHub.GetCachedTreeAsync(Repository, "main"))));

        var (calls, instances) = (gitHub.Requests.Count, trees.Distinct(ReferenceEqualityComparer.Instance).Count());
        report.Add(1, $"{callers:N0} callers, one cold key", "1 upstream call; all get the same instance", $"{calls} call, {instances} instance");
        calls.Should().Be(1);
        instances.Should().Be(1);
        _time.ArmedTimers.Should().Be(0);
    });

    [Theory]
    [InlineData(1_000, 502)]
    [InlineData(10_000, 502)]
    [InlineData(1_000, 404)]
    public Task Callers_of_one_cold_key_share_one_error_that_is_not_kept(int callers, int status) => VirtualTime.OnPoolAsync(async () =>
    {
        await using var gitHub = NewGitHub();
        gitHub.When(HttpMethod.Get, LoadClient.Trees).Once().Answer((status is 404 ? Answers.NotFound() : Answers.ServerError(status)).After(Latency));

        // A 502 is asked again; here the flight is of interest, not its attempts.
        await using var client = new LoadClient(gitHub, _time, options => options.Resilience.MaxAttempts = status is 404 ? 3 : 1);
        var starting = Callers.Start(callers, _ => client.GitHub.GetCachedTreeAsync(Repository, "main"));

        var errors = await _time.RunAsync(Callers.ErrorsAsync(starting));

        var calls = gitHub.Requests.Count;
        var kinds = errors.Select(error => (error.GetType(), error.Message, error.Reason, error.Error.Rule)).Distinct().Count();
        var kept = await client.GitHub.FindCachedTreeAsync(Repository, "main");
        var next = await client.GitHub.GetCachedTreeAsync(Repository, "main");
        report.Add(
            3,
            $"{callers:N0} callers, upstream answers {status}",
            "1 call, as many identical errors, no negative entry; the next caller starts a new flight",
            $"{calls} call, {errors.Count:N0} errors of {kinds} kind, {(kept is null ? "nothing" : "something")} kept; next caller: {gitHub.Requests.Count - calls} call, {next.Tree.Count} entries");
        calls.Should().Be(1);
        errors.Should().HaveCount(callers);
        kinds.Should().Be(1);
        errors[0].Reason.Should().Be(status is 404 ? ErrorReason.NotFound : ErrorReason.ServerError);
        kept.Should().BeNull();
        gitHub.Requests.Should().HaveCount(2);
        next.Tree.Count.Should().BePositive();
    });

    private FakeGitHub NewGitHub()
    {
        var gitHub = FakeGitHub.InMemory(options => options.TimeProvider = _time);
        gitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(100));
        return gitHub;
    }
}
