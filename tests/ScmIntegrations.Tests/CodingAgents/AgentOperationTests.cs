using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.CodingAgents;

public sealed class AgentOperationTests
{
    [Fact]
    public async Task Every_operation_is_one_interaction()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnList = () => Listed(fails: false);

        await rig.Agent.GetAsync("t-1", AgentRig.Token);
        await rig.Agent.CancelAsync("t-1", AgentRig.Token);
        await rig.Agent.CheckAsync(new("acme/api"), AgentRig.Token);
        (await rig.Agent.ListAsync(cancellationToken: AgentRig.Token).CountAsync(AgentRig.Token)).Should().Be(2);

        rig.Outcomes.Should().Equal(
            "get_agent started", "get_agent success",
            "cancel_agent started", "cancel_agent success",
            "check_agent started", "check_agent success",
            "list_agents started", "list_agents success");
    }

    [Fact]
    public async Task A_list_that_breaks_fails_its_interaction_after_what_was_read()
    {
        await using var rig = new AgentRig();
        rig.Agent.OnList = () => Listed(fails: true);
        List<string> seen = [];

        var list = async () =>
        {
            await foreach (var task in rig.Agent.ListAsync(cancellationToken: AgentRig.Token))
            {
                seen.Add(task.Id);
            }
        };

        await list.Should().ThrowAsync<ScmServerException>();
        seen.Should().Equal("t-1", "t-2");
        rig.Outcomes.Should().Equal("list_agents started", "list_agents failure");
    }

    [Fact]
    public async Task What_an_agent_cannot_do_is_refused_before_anything_begins()
    {
        await using var rig = new AgentRig();

        var followUp = () => rig.Agent.FollowUpAsync("t-1", "And then?", AgentRig.Token);

        await followUp.Should().ThrowAsync<NotSupportedException>().WithMessage("*scripted*further prompts*");
        rig.Outcomes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x-1")]
    [InlineData("t-\r\nX: y")]
    public async Task An_id_that_is_none_is_refused_before_anything_begins(string id)
    {
        await using var rig = new AgentRig();

        await ((Func<Task>)(() => rig.Agent.GetAsync(id, AgentRig.Token))).Should().ThrowAsync<ArgumentException>();
        await ((Func<Task>)(() => rig.Agent.WaitAsync(id, cancellationToken: AgentRig.Token))).Should().ThrowAsync<ArgumentException>();
        await ((Func<Task>)(() => rig.Agent.CancelAsync(id, AgentRig.Token))).Should().ThrowAsync<ArgumentException>();
        rig.Outcomes.Should().BeEmpty();
    }

    [Fact]
    public void A_preflight_allows_what_nothing_forbids()
    {
        CodingAgentCheck passed = new("credential", CodingAgentCheckResult.Passed, "");
        CodingAgentCheck unknown = new("availability", CodingAgentCheckResult.Unknown, "");
        CodingAgentCheck failed = new("permission", CodingAgentCheckResult.Failed, "");

        new CodingAgentPreflight(new("acme/api"), [passed, unknown]).CanLaunch.Should().BeTrue();
        new CodingAgentPreflight(new("acme/api"), [passed, failed]).CanLaunch.Should().BeFalse();
    }

    private static async IAsyncEnumerable<CodingAgentTask> Listed(bool fails)
    {
        yield return ScriptedAgent.InState(CodingAgentState.Running);
        await Task.Yield();
        yield return ScriptedAgent.InState(CodingAgentState.Running) with { Id = "t-2" };
        if (fails)
        {
            throw AgentRig.Error(ErrorReason.ServerError, 502);
        }
    }
}
