using Microsoft.Extensions.DependencyInjection;
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
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(30);
        rig.Agent.OnStart = async (start, token) =>
        {
            if (start.Request.Repository.Name is "slow")
            {
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, keepsToItsToken ? token : CancellationToken.None);
            }

            return ScriptedAgent.TaskOf(start);
        };

        var result = await rig.Launcher.LaunchAsync(
            rig.Agent, AgentRig.Batch("acme/slow", "acme/b") with { LaunchTimeout = TimeSpan.FromSeconds(20) }, cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(1);
        result.Launches[0].Failure.Should().BeEquivalentTo(new { Type = LaunchFailureType.Generic, Reason = ErrorReason.Timeout, MayHaveBeenStarted = true });
        result.Launches[0].Failure!.Message.Should().Contain("20 s");
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
    public async Task What_a_limit_holds_back_before_it_is_sent_waits_for_its_end()
    {
        await using var rig = new AgentRig();
        var open = rig.Time.GetUtcNow() + TimeSpan.FromSeconds(8);
        rig.Agent.OnStart = (start, _) => rig.Time.GetUtcNow() < open ? throw Limit(ErrorOrigin.Client, open) : Task.FromResult(ScriptedAgent.TaskOf(start));

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(1);
        rig.Agent.Starts.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_limit_that_outlasts_the_launch_or_was_said_by_the_server_surfaces_at_once()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (start, _) => throw (start.Request.Repository.Name is "long"
            ? Limit(ErrorOrigin.Client, rig.Time.GetUtcNow() + TimeSpan.FromHours(1))
            : Limit(ErrorOrigin.GitHub, rig.Time.GetUtcNow() + TimeSpan.FromSeconds(2)));

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/long", "acme/told"), cancellationToken: AgentRig.Token);

        result.Launches.Should().OnlyContain(launch => launch.Failure!.Type == LaunchFailureType.RateLimited && launch.Failure.RetryAt != null);
        rig.Agent.Starts.Should().HaveCount(2, "what the server refused is not sent again");
    }

    [Fact]
    public async Task A_repository_that_is_null_is_refused_before_any_is_launched()
    {
        await using var rig = new AgentRig();
        var batches = new[]
        {
            AgentRig.Batch("acme/api") with { Targets = [new(new("acme/api")), new(null!)] },
            AgentRig.Batch("acme/api") with { Targets = [new(new("acme/api")), null!] },
        };

        foreach (var batch in batches)
        {
            var launch = () => rig.Launcher.LaunchAsync(rig.Agent, batch, cancellationToken: AgentRig.Token);
            await launch.Should().ThrowAsync<ArgumentException>().WithMessage("*null*");
        }

        rig.Agent.Starts.Should().BeEmpty();
    }

    [Fact]
    public async Task An_agent_that_answers_nothing_loses_nobody()
    {
        // As a stand-in does that a test has not told what to answer.
        await using var rig = new AgentRig();
        var agent = new SilentAgent();

        var result = await rig.Launcher.LaunchAsync(agent, AgentRig.Batch("acme/a", "acme/b"), cancellationToken: AgentRig.Token);

        result.FailedCount.Should().Be(2);
        result.Launches.Should().OnlyContain(launch => launch.Failure != null && launch.Failure.Message.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Only_a_refusal_says_that_no_agent_runs(string kind, Exception exception)
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw exception;

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        result.Launches[0].Failure!.MayHaveBeenStarted.Should().Be(exception is not ScmException, kind);
    }

    [Fact]
    public async Task What_was_not_valid_was_not_sent()
    {
        await using var rig = new AgentRig();
        var batch = AgentRig.Batch("acme/api") with { Targets = [new(new("acme/api")) { BaseRef = "no..ref", InstallationId = 7 }] };

        var result = await rig.Launcher.LaunchAsync(rig.Agent, batch, cancellationToken: AgentRig.Token);

        result.Launches[0].Failure.Should().BeEquivalentTo(new { MayHaveBeenStarted = false, InstallationId = 7 });
        rig.Agent.Starts.Should().BeEmpty();
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_while_the_store_is_asked_starts_nothing()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(AgentRig.Token);
        var store = new ScriptedStore { OnUse = _ => source.CancelAsync() };
        await using var rig = new AgentRig(services => services.AddSingleton<ICodingAgentStore>(store));
        var batch = AgentRig.Batch("acme/api") with { IdempotencyKey = "k", Targets = [new(new("acme/api")) { InstallationId = 7 }] };

        var result = await rig.Launcher.LaunchAsync(rig.Agent, batch, cancellationToken: source.Token);

        result.Launches[0].Failure.Should().BeEquivalentTo(new { MayHaveBeenStarted = false, InstallationId = 7 });
        rig.Agent.Starts.Should().BeEmpty();
    }

    [Fact]
    public async Task A_failure_does_not_print_its_exception()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw new InvalidOperationException("Authorization: Bearer ghu_0123456789abcdef0123456789abcdef0123");

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        result.Launches[0].ToString().Should().NotContain("ghu_0123").And.NotContain("   at ").And.Contain("***");
    }

    private static ScmException Limit(ErrorOrigin origin, DateTimeOffset until) =>
        ScmException.From(new() { Message = "A limit.", Reason = ErrorReason.SecondaryRateLimit, Origin = origin, RetryAt = until });

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
