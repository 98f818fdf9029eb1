using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.CodingAgents;

public sealed class AgentWaitTests
{
    [Theory]
    [InlineData(CodingAgentState.Succeeded)]
    [InlineData(CodingAgentState.Failed)]
    [InlineData(CodingAgentState.Cancelled)]
    [InlineData(CodingAgentState.Expired)]
    [InlineData(CodingAgentState.NeedsInput)]
    public async Task It_ends_with_the_state_alone(CodingAgentState end)
    {
        await using var rig = new AgentRig();
        Script(rig, CodingAgentState.Queued, CodingAgentState.Running, CodingAgentState.Unknown, end);

        var task = await rig.Agent.WaitAsync("t-1", Patient, AgentRig.Token);

        task.State.Should().Be(end);
        task.PullRequest.Should().BeNull("a task without one has ended all the same");
        rig.Outcomes.Should().Equal("wait_agent started", "wait_agent success");
    }

    [Fact]
    public async Task Pauses_grow_up_to_the_longest()
    {
        await using var rig = new AgentRig();
        Script(rig, [.. Enumerable.Repeat(CodingAgentState.Running, 6), CodingAgentState.Succeeded]);

        await rig.Agent.WaitAsync("t-1", Patient with { FirstInterval = TimeSpan.FromSeconds(2), MaxInterval = TimeSpan.FromSeconds(8) }, AgentRig.Token);

        rig.Time.RequestedDelays.Where(delay => delay < TimeSpan.FromMinutes(1)).Select(delay => delay.TotalSeconds).Should().Equal(2, 3, 4.5, 6.75, 8, 8);
    }

    [Fact]
    public async Task A_task_that_needs_a_person_can_be_waited_for()
    {
        await using var rig = new AgentRig();
        Script(rig, CodingAgentState.NeedsInput, CodingAgentState.NeedsInput, CodingAgentState.Succeeded);

        var task = await rig.Agent.WaitAsync("t-1", Patient with { ReturnWhenInputIsNeeded = false }, AgentRig.Token);

        task.State.Should().Be(CodingAgentState.Succeeded);
    }

    [Fact]
    public async Task Progress_is_told_of_every_reading()
    {
        await using var rig = new AgentRig();
        Script(rig, CodingAgentState.Queued, CodingAgentState.Running, CodingAgentState.Succeeded);
        var seen = new Readings();

        await rig.Agent.WaitAsync("t-1", Patient with { Progress = seen }, AgentRig.Token);

        seen.States.Should().Equal(CodingAgentState.Queued, CodingAgentState.Running, CodingAgentState.Succeeded);
    }

    [Fact]
    public async Task Passing_troubles_are_waited_out_and_told_once()
    {
        await using var rig = new AgentRig();
        var asked = 0;
        rig.Agent.OnGet = (_, _) => ++asked < 4
            ? throw AgentRig.Error(ErrorReason.ServerError, 502)
            : Task.FromResult(ScriptedAgent.InState(CodingAgentState.Succeeded));

        (await rig.Agent.WaitAsync("t-1", Patient, AgentRig.Token)).State.Should().Be(CodingAgentState.Succeeded);

        rig.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Be("a task could not be read; it is asked after again");
    }

    [Fact]
    public async Task A_limit_is_waited_for_until_its_time()
    {
        await using var rig = new AgentRig();
        var asked = 0;
        rig.Agent.OnGet = (_, _) => ++asked == 1
            ? throw ScmException.From(new()
            {
                Message = "429",
                Reason = ErrorReason.SecondaryRateLimit,
                Origin = ErrorOrigin.GitHub,
                RetryAt = rig.Time.GetUtcNow() + TimeSpan.FromSeconds(8.5),
            })
            : Task.FromResult(ScriptedAgent.InState(CodingAgentState.Succeeded));

        await rig.Agent.WaitAsync("t-1", Patient, AgentRig.Token);

        rig.Time.RequestedDelays.Should().Contain(TimeSpan.FromSeconds(8.5));
    }

    [Theory]
    [InlineData(ErrorReason.NotFound, 404)]
    [InlineData(ErrorReason.BadCredentials, 401)]
    [InlineData(ErrorReason.PermissionMissing, 403)]
    public async Task What_will_not_pass_surfaces(ErrorReason reason, int status)
    {
        await using var rig = new AgentRig();
        rig.Agent.OnGet = (_, _) => throw AgentRig.Error(reason, status);

        var wait = () => rig.Agent.WaitAsync("t-1", Patient, AgentRig.Token);

        (await wait.Should().ThrowAsync<ScmException>()).Which.Reason.Should().Be(reason);
    }

    [Fact]
    public async Task At_the_deadline_the_wait_ends_and_pages_nobody()
    {
        await using var rig = new AgentRig();
        Script(rig, CodingAgentState.Running);

        var wait = rig.Agent.WaitAsync("t-1", Patient with { Deadline = TimeSpan.FromSeconds(20) }, AgentRig.Token);

        var late = (await ((Func<Task>)(() => wait)).Should().ThrowAsync<ScmTimeoutException>()).Which;
        late.Message.Should().Contain("t-1").And.Contain("20 s").And.Contain("Running");
        rig.Outcomes.Should().Equal("wait_agent started", "wait_agent halted");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_question_that_hangs_ends_at_the_deadline_too(bool keepsToItsToken)
    {
        await using var rig = new AgentRig();
        rig.Agent.OnGet = async (_, token) =>
        {
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, keepsToItsToken ? token : CancellationToken.None);
            return ScriptedAgent.InState(CodingAgentState.Succeeded);
        };
        rig.Time.AutoAdvance = false;

        var wait = rig.Agent.WaitAsync("t-1", new() { Deadline = TimeSpan.FromSeconds(20) }, AgentRig.Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(20), AgentRig.Token);
        rig.Time.Advance(TimeSpan.FromSeconds(20));

        await ((Func<Task>)(() => wait.WaitAsync(TimeSpan.FromSeconds(20), AgentRig.Token))).Should().ThrowAsync<ScmTimeoutException>();
    }

    [Fact]
    public async Task The_callers_cancellation_is_its_own()
    {
        await using var rig = new AgentRig();
        Script(rig, CodingAgentState.Running);
        rig.Time.AutoAdvance = false;
        using var source = CancellationTokenSource.CreateLinkedTokenSource(AgentRig.Token);

        var wait = rig.Agent.WaitAsync("t-1", Patient, source.Token);
        await rig.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), AgentRig.Token);
        await source.CancelAsync();

        (await ((Func<Task>)(() => wait)).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(source.Token);
        rig.Outcomes.Should().Equal("wait_agent started", "wait_agent halted");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(86_401)]
    public void Times_out_of_range_are_refused_with_their_limits(double seconds)
    {
        var options = () => new CodingAgentWaitOptions { Deadline = TimeSpan.FromSeconds(seconds) };

        options.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Deadline is from 00:00:01 to 1.00:00:00*");
    }

    private static CodingAgentWaitOptions Patient { get; } = new() { MaxInterval = TimeSpan.FromSeconds(8) };

    private static void Script(AgentRig rig, params CodingAgentState[] states)
    {
        var at = -1;
        rig.Agent.OnGet = (_, _) => Task.FromResult(ScriptedAgent.InState(states[Math.Min(Interlocked.Increment(ref at), states.Length - 1)]));
    }

    private sealed class Readings : IProgress<CodingAgentTask>
    {
        public List<CodingAgentState> States { get; } = [];

        public void Report(CodingAgentTask value) => States.Add(value.State);
    }
}
