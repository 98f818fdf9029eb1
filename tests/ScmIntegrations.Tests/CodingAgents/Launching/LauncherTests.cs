using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents.Launching;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

public sealed class LauncherTests
{
    [Fact]
    public async Task Every_repository_is_launched_once_however_often_it_is_named()
    {
        await using var rig = new AgentRig();

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api", "acme/web", "ACME/Api", "acme/web"), cancellationToken: AgentRig.Token);

        result.Should().BeEquivalentTo(new { Success = true, LaunchedCount = 2, FailedCount = 0, IsCancelled = false });
        result.Launches.Select(launch => launch.Repository.FullName).Should().Equal("acme/api", "acme/web");
        rig.Agent.Starts.Should().HaveCount(2);
    }

    [Fact]
    public async Task Each_launch_is_an_interaction()
    {
        await using var rig = new AgentRig();

        await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api", "acme/web") with { MaxConcurrency = 1 }, cancellationToken: AgentRig.Token);

        rig.Outcomes.Should().Equal("start_agent started", "start_agent success", "start_agent started", "start_agent success");
    }

    [Fact]
    public async Task No_more_are_under_way_than_allowed()
    {
        await using var rig = new AgentRig();
        var (now, most) = (0, 0);
        using var gate = new SemaphoreSlim(0);
        rig.Agent.OnStart = async (start, token) =>
        {
            var mine = Interlocked.Increment(ref now);
            InterlockedMax(ref most, mine);
            if (mine == 3)
            {
                gate.Release(20);
            }

            await gate.WaitAsync(token);
            Interlocked.Decrement(ref now);
            return ScriptedAgent.TaskOf(start);
        };

        var result = await rig.Launcher.LaunchAsync(
            rig.Agent,
            AgentRig.Batch([.. Enumerable.Range(0, 20).Select(i => $"acme/r{i}")]) with { MaxConcurrency = 3 },
            cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(20);
        most.Should().Be(3);
    }

    [Fact]
    public async Task A_batch_without_a_repository_or_a_prompt_is_refused()
    {
        await using var rig = new AgentRig();

        var empty = () => rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch(), cancellationToken: AgentRig.Token);
        var silent = () => rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api") with { Prompt = " " }, cancellationToken: AgentRig.Token);
        var many = () => AgentRig.Batch("acme/api") with { MaxConcurrency = 33 };

        await empty.Should().ThrowAsync<ArgumentException>().WithMessage("*no repository*");
        await silent.Should().ThrowAsync<ArgumentException>().WithMessage("*no prompt*");
        many.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*1 to 32*");
    }

    [Fact]
    public async Task Progress_is_told_of_each_and_may_throw()
    {
        await using var rig = new AgentRig();

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api", "acme/web"), new Throwing(), AgentRig.Token);

        result.LaunchedCount.Should().Be(2);
        rig.Log.Lines.Should().Contain(line => line.Event.Name == "ProgressThrew");
    }

    [Fact]
    public async Task A_repeated_batch_finds_what_the_first_has_started_by_its_marker()
    {
        await using var rig = new AgentRig();
        var first = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);
        var marker = rig.Agent.Starts[0].Key;
        rig.Agent.OnFind = start => Task.FromResult(string.Equals(start.Key, marker, StringComparison.Ordinal) ? ScriptedAgent.TaskOf(start) : null);

        var second = await rig.Launcher.LaunchAsync(
            rig.Agent, AgentRig.Batch("acme/api", "acme/web") with { IdempotencyKey = first.IdempotencyKey }, cancellationToken: AgentRig.Token);

        second.LaunchedCount.Should().Be(2);
        second.Launches[0].Task!.WasStartedBefore.Should().BeTrue();
        rig.Agent.Starts.Select(start => start.Request.Repository.FullName).Should().Equal("acme/api", "acme/web");
    }

    [Fact]
    public async Task A_new_batch_looks_for_nothing()
    {
        await using var rig = new AgentRig();

        await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);
        await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        rig.Agent.Looks.Should().Be(0);
        rig.Agent.Starts.Select(start => start.Key).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_store_spares_the_look()
    {
        var store = new ScriptedStore();
        await using var rig = new AgentRig(services => services.AddSingleton<ICodingAgentStore>(store));
        var first = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        var second = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api") with { IdempotencyKey = first.IdempotencyKey }, cancellationToken: AgentRig.Token);

        second.Launches[0].Task.Should().BeEquivalentTo(new { Id = "t-api", WasStartedBefore = true });
        rig.Agent.Starts.Should().ContainSingle();
        rig.Agent.Looks.Should().Be(0);
    }

    [Fact]
    public async Task A_store_that_fails_after_the_launch_loses_nothing()
    {
        var store = new ScriptedStore { OnUse = _ => throw new IOException("The disk is full.") };
        await using var rig = new AgentRig(services => services.AddSingleton<ICodingAgentStore>(store));

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api") with { IdempotencyKey = "k" }, cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(1);
        result.Launches[0].Warnings.Should().HaveCount(2).And.AllSatisfy(warning => warning.Should().Contain("The disk is full."));
        rig.Reporter.Reports.Should().HaveCount(2).And.OnlyContain(report => report.Severity == ScmIntegrations.Interactions.FailureSeverity.Warning);
    }

    [Fact]
    public async Task A_store_that_hangs_is_not_waited_for()
    {
        var store = new ScriptedStore { OnUse = token => Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, token) };
        await using var rig = new AgentRig(services => services.AddSingleton<ICodingAgentStore>(store));
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(10);

        var result = await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token);

        result.LaunchedCount.Should().Be(1);
        result.Launches[0].Warnings.Should().ContainSingle().Which.Should().Contain("10 s");
    }

    [Fact]
    public async Task A_target_carries_its_own_base_and_the_batch_the_rest()
    {
        await using var rig = new AgentRig();
        var batch = new CodingAgentBatch("Fix it.", [new(new("acme/api")) { BaseRef = "release/2" }])
        {
            Model = "m-1",
            BranchName = "Fix the login",
            CreatePullRequest = false,
        };

        await rig.Launcher.LaunchAsync(rig.Agent, batch, cancellationToken: AgentRig.Token);

        rig.Agent.Starts[0].Request.Should().BeEquivalentTo(new { BaseRef = "release/2", Model = "m-1", CreatePullRequest = false });
        rig.Agent.Starts[0].BranchName.Should().MatchRegex("^fix-the-login-[a-z0-9]{6}$");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = Volatile.Read(ref most))
        {
        }
    }

    private sealed class Throwing : IProgress<CodingAgentLaunch>
    {
        public void Report(CodingAgentLaunch value) => throw new InvalidOperationException("The display is gone.");
    }
}
