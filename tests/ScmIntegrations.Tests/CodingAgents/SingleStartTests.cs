using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.CodingAgents;

public sealed class SingleStartTests
{
    private static readonly CodingAgentRequest Request = new(new("acme/api"), "Fix it.");

    [Fact]
    public async Task A_start_is_one_interaction_and_one_request()
    {
        await using var rig = new AgentRig();

        var task = await rig.Agent.StartAsync(Request, AgentRig.Token);

        task.Should().BeEquivalentTo(new { Id = "t-api", State = CodingAgentState.Queued, WasStartedBefore = false });
        rig.Agent.Starts.Should().ContainSingle();
        rig.Agent.Looks.Should().Be(0, "a launch without a key is new");
        rig.Outcomes.Should().Equal("start_agent started", "start_agent success");
    }

    [Fact]
    public async Task A_key_that_may_have_been_used_is_looked_for_before_anything_is_sent()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnFind = start => Task.FromResult<CodingAgentTask?>(ScriptedAgent.TaskOf(start));

        var task = await rig.Agent.StartAsync(Request with { IdempotencyKey = "k" }, AgentRig.Token);

        task.WasStartedBefore.Should().BeTrue();
        rig.Agent.Starts.Should().BeEmpty();
    }

    [Fact]
    public async Task When_it_cannot_be_looked_for_nothing_is_sent()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnFind = _ => throw AgentRig.Error(ErrorReason.ServerError, 502);

        var launch = () => rig.Agent.StartAsync(Request with { IdempotencyKey = "k" }, AgentRig.Token);

        await launch.Should().ThrowAsync<ScmServerException>();
        rig.Agent.Starts.Should().BeEmpty();
    }

    [Fact]
    public async Task An_agent_that_keeps_keys_itself_is_not_asked_first()
    {
        await using var rig = new AgentRig();
        rig.Agent.KeepsKeys = true;

        await rig.Agent.StartAsync(Request with { IdempotencyKey = "k" }, AgentRig.Token);

        rig.Agent.Looks.Should().Be(0);
    }

    [Fact]
    public async Task A_request_with_an_unknown_end_that_had_started_an_agent_is_not_sent_again()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw AgentRig.Ambiguous();
        rig.Agent.OnFind = start => Task.FromResult(rig.Agent.Looks < 3 ? null : ScriptedAgent.TaskOf(start));

        var task = await rig.Agent.StartAsync(Request, AgentRig.Token);

        task.WasStartedBefore.Should().BeTrue();
        rig.Agent.Starts.Should().ContainSingle();
        rig.Agent.Looks.Should().Be(3, "a list may lag behind");
        rig.Outcomes.Should().Equal("start_agent started", "start_agent success");
    }

    [Fact]
    public async Task One_that_had_started_nothing_is_sent_again_once_with_the_same_key()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (start, _) => rig.Agent.Starts.Count == 1 ? throw AgentRig.Ambiguous() : Task.FromResult(ScriptedAgent.TaskOf(start));

        (await rig.Agent.StartAsync(Request, AgentRig.Token)).WasStartedBefore.Should().BeFalse();

        rig.Agent.Starts.Should().HaveCount(2);
        rig.Agent.Starts.Select(start => start.Key).Distinct(StringComparer.Ordinal).Should().ContainSingle();
    }

    [Fact]
    public async Task Two_unknown_ends_surface()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw AgentRig.Ambiguous();

        var launch = () => rig.Agent.StartAsync(Request, AgentRig.Token);

        await launch.Should().ThrowAsync<ScmAmbiguousWriteException>();
        rig.Agent.Starts.Should().HaveCount(2);
    }

    [Fact]
    public async Task When_the_look_fails_the_unknown_end_surfaces_and_nothing_is_sent_again()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw AgentRig.Ambiguous();
        rig.Agent.OnFind = _ => throw AgentRig.Error(ErrorReason.PermissionMissing, 403);

        var launch = () => rig.Agent.StartAsync(Request, AgentRig.Token);

        await launch.Should().ThrowAsync<ScmAmbiguousWriteException>();
        rig.Agent.Starts.Should().ContainSingle();
        rig.Reporter.Reports.Should().Contain(report => report.Reason == "a launch with an unknown end could not be looked after");
    }

    [Theory]
    [InlineData(ErrorReason.PermissionMissing, 403)]
    [InlineData(ErrorReason.SecondaryRateLimit, 429)]
    [InlineData(ErrorReason.BadCredentials, 401)]
    [InlineData(ErrorReason.ValidationFailed, 422)]
    public async Task A_refusal_surfaces_at_once(ErrorReason reason, int status)
    {
        await using var rig = new AgentRig();
        rig.Agent.OnStart = (_, _) => throw AgentRig.Error(reason, status);

        var launch = () => rig.Agent.StartAsync(Request, AgentRig.Token);

        (await launch.Should().ThrowAsync<ScmException>()).Which.Reason.Should().Be(reason);
        rig.Agent.Starts.Should().ContainSingle();
        rig.Agent.Looks.Should().Be(0);
    }

    [Fact]
    public void The_key_of_a_launch_is_of_agent_repository_and_key_alone()
    {
        var first = Key("github_copilot", "acme/api", "k");

        Key("github_copilot", "ACME/Api", "k").Should().Be(first, "names of repositories know no case");
        Key("cursor", "acme/api", "k").Should().NotBe(first);
        Key("github_copilot", "acme/web", "k").Should().NotBe(first);
        Key("github_copilot", "acme/api", "K").Should().NotBe(first);
        Key("github_copilot", "acme/api", null).Should().NotBe(Key("github_copilot", "acme/api", null), "without a key every launch is new");
        first.Should().MatchRegex("^[0-9a-f]{64}$");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    public async Task An_empty_prompt_is_refused(string prompt, string word)
    {
        await using var rig = new AgentRig();

        var launch = () => rig.Agent.StartAsync(Request with { Prompt = prompt }, AgentRig.Token);

        (await launch.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain(word);
        rig.Outcomes.Should().BeEmpty("nothing was begun");
    }

    [Fact]
    public async Task A_key_or_ref_that_cannot_be_one_is_refused_with_its_limit()
    {
        await using var rig = new AgentRig();

        await Refused(Request with { IdempotencyKey = new('k', 201) }, "201*1 to 200");
        await Refused(Request with { IdempotencyKey = "" }, "0 characters*1 to 200");
        await Refused(Request with { BaseRef = "a..b" }, "'a..b'*ref name");
        rig.Agent.Starts.Should().BeEmpty();

        async Task Refused(CodingAgentRequest request, string message)
        {
            var launch = () => rig.Agent.StartAsync(request, AgentRig.Token);
            await launch.Should().ThrowAsync<ArgumentException>().WithMessage($"*{message}*");
        }
    }

    private static string Key(string agent, string repository, string? key) =>
        CodingAgentStart.Of(agent, new(new(repository), "Fix it.") { IdempotencyKey = key }, DateTimeOffset.UnixEpoch).Key;
}
