using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

public sealed class LaunchIsolationTests
{
    public static TheoryData<string, Exception> Kinds { get; } = new()
    {
        { "an error of ours", AgentRig.Error(ErrorReason.ServerError, 500) },
        { "http", new HttpRequestException("refused") },
        { "a wrong argument", new FormatException("bad") },
        { "a bug", new InvalidCastException("oops") },
        { "a cancellation of somebody else", new OperationCanceledException("not ours") },
        { "an aggregate", new AggregateException(new IOException("disk")) },
        { "memory", new InsufficientMemoryException("much") },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_one_throws_the_others_are_launched(string kind, Exception exception)
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (start, _) => start.Request.Repository.Name is "bad" ? throw exception : Task.FromResult(ScriptedAgent.TaskOf(start));

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/a", "acme/bad", "acme/b"), cancellationToken: AgentRig.Token);

        result.Should().BeEquivalentTo(new { Success = true, LaunchedCount = 2, FailedCount = 1 }, kind);
        result.Launches[1].Failure.Should().BeEquivalentTo(new { Type = LaunchFailureType.Generic, Exception = exception });
        result.Launches[1].Failure!.Message.Should().NotBeEmpty();
    }

    [Fact]
    public async Task When_all_fail_there_is_a_result_and_no_exception()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw AgentRig.Error(ErrorReason.ServerError, 500);

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/a", "acme/b"), cancellationToken: AgentRig.Token);

        result.Should().BeEquivalentTo(new { Success = false, LaunchedCount = 0, FailedCount = 2 });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_hangs_is_given_up_after_its_time(bool keepsToItsToken)
    {
        await using var rig = new AgentRig();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Agent.OnStart = async (start, token) =>
        {
            if (start.Request.Repository.Name is "slow")
            {
                begun.SetResult();
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, keepsToItsToken ? token : CancellationToken.None);
            }

            return ScriptedAgent.TaskOf(start);
        };

        var launching = rig.Launcher.LaunchAsync(
            rig.Agent, AgentRig.Batch("acme/b", "acme/slow") with { LaunchTimeout = TimeSpan.FromSeconds(20), MaxConcurrency = 1 }, cancellationToken: AgentRig.Token);
        await begun.Task;
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        var result = await launching;

        result.LaunchedCount.Should().Be(1);
        result.Launches[1].Failure.Should().BeEquivalentTo(new { Type = LaunchFailureType.Generic, Reason = ErrorReason.Timeout, MayHaveBeenStarted = true });
        result.Launches[1].Failure!.Message.Should().Contain("20 s");
    }

    [Fact]
    public async Task One_that_answers_after_its_time_but_within_the_grace_is_launched()
    {
        await using var rig = new AgentRig();
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(3);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Agent.OnStart = async (start, token) =>
        {
            await using var end = token.Register(stopped.SetResult);
            await stopped.Task;
            return ScriptedAgent.TaskOf(start);
        };

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api") with { LaunchTimeout = TimeSpan.FromSeconds(2) }, cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(1);
    }

    [Fact]
    public async Task A_cancelled_batch_returns_what_was_launched_and_accounts_for_the_rest()
    {
        await using var rig = new AgentRig();
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(9);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(AgentRig.Token);
        rig.Agent.OnStart = async (start, token) =>
        {
            if (start.Request.Repository.Name is "second")
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
            }

            return ScriptedAgent.TaskOf(start);
        };

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/first", "acme/second", "acme/third") with { MaxConcurrency = 1 }, cancellationToken: source.Token);

        result.Should().BeEquivalentTo(new { Success = true, LaunchedCount = 1, FailedCount = 2, IsCancelled = true });
        result.Launches[1].Failure.Should().BeEquivalentTo(new { MayHaveBeenStarted = true });
        result.Launches[2].Failure.Should().BeEquivalentTo(new { MayHaveBeenStarted = false });
        rig.Agent.Starts.Should().HaveCount(2, "the third was not tried");
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_anything_began_cancels()
    {
        await using var rig = new AgentRig();

        var launch = () => rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: new CancellationToken(canceled: true));

        await launch.Should().ThrowAsync<OperationCanceledException>();
        rig.Agent.Starts.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_end_says_that_an_agent_may_run()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw AgentRig.Ambiguous();
        rig.Agent.OnFind = _ => throw AgentRig.Error(ErrorReason.ServerError, 500);

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        result.Launches[0].Failure!.MayHaveBeenStarted.Should().BeTrue();
        result.Launches[0].Failure!.Message.Should().Contain("with its key").And.NotContain("Try again");
    }

    [Fact]
    public async Task No_secret_of_a_strange_exception_is_told()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw new InvalidOperationException("Authorization: Bearer ghu_0123456789abcdef0123456789abcdef0123");

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        result.Launches[0].Failure!.Message.Should().NotContain("ghu_0123");
        CodingAgentLaunchReport.Of(result).ToJson().Should().NotContain("ghu_0123");
    }

    [Fact]
    public async Task A_limit_of_one_repository_is_its_own()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (start, _) => start.Request.Repository.Name.StartsWith('x') ? throw Limit(rig) : Task.FromResult(ScriptedAgent.TaskOf(start));

        var result = await rig.Launcher.LaunchAsync(
            rig.Agent, AgentRig.Batch([.. Enumerable.Range(0, 20).Select(i => i % 5 == 4 ? $"acme/r{i}" : $"acme/x{i}")]) with { MaxConcurrency = 1 }, cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(4, "four in a row are not the whole batch");
        result.Failed.Should().OnlyContain(launch => launch.Failure!.Type == LaunchFailureType.RateLimited && launch.Failure.RetryAt != null);
        rig.Agent.Starts.Should().HaveCount(20, "each is sent once, and what was refused not again");
    }

    [Fact]
    public async Task A_limit_that_everyone_meets_ends_the_sending()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw Limit(rig);

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch([.. Enumerable.Range(0, 50).Select(i => $"acme/r{i}")]) with { MaxConcurrency = 1 }, cancellationToken: AgentRig.Token);

        rig.Agent.Starts.Should().HaveCount(5);
        result.FailedCount.Should().Be(50);
        result.Failed.Should().OnlyContain(launch => launch.Failure!.Type == LaunchFailureType.RateLimited && launch.Failure.RetryAt != null);
        result.Launches[^1].Failure!.Message.Should().Contain("with its key");
    }

    private static ScmException Limit(AgentRig rig) =>
        ScmException.From(new() { Message = "A limit.", Reason = ErrorReason.SecondaryRateLimit, Origin = ErrorOrigin.GitHub, RetryAt = rig.Time.GetUtcNow() + TimeSpan.FromMinutes(1) });

    private sealed class SilentAgent : ICodingAgentClient
    {
        public string Name => "";

        public CodingAgentFeatures Features => CodingAgentFeatures.None;

        public Task<CodingAgentTask> StartAsync(CodingAgentRequest request, CancellationToken cancellationToken = default) =>
            request.Repository.Name is "a" ? Task.FromResult<CodingAgentTask>(null!) : throw new IOException("silent");

        public Task<CodingAgentTask> GetAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<CodingAgentTask> ListAsync(RepositoryRef? repository = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CodingAgentTask> WaitAsync(string id, CodingAgentWaitOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CancelAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CodingAgentTask> FollowUpAsync(string id, string prompt, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CodingAgentPreflight> CheckAsync(RepositoryRef repository, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public LaunchFailureExplanation Explain(Exception exception) => null!;
    }
}
