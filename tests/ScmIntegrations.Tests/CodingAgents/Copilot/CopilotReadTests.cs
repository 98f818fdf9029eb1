using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>Reading a task, in either generation of the wire, and whatever else an answer holds.</summary>
public sealed class CopilotReadTests
{
    public static TheoryData<string, CopilotWire> Wires => new()
    {
        { "current", CopilotWire.Current },
        { "older", CopilotWire.Older },
        { "wrapped", CopilotWire.Current with { IsWrapped = true } },
        { "status", CopilotWire.Current with { SaysStatus = true } },
        { "last_updated_at", CopilotWire.Current with { SaysLastUpdatedAt = true } },
        { "ids", CopilotWire.Current with { GivesIds = true } },
        { "no created_at", CopilotWire.Current with { OmitsCreatedAt = true } },
        { "empty global_id", CopilotWire.Current with { EmptiesGlobalId = true } },
        { "null artifacts", CopilotWire.Older with { NullsArtifacts = true, EmptiesGlobalId = true } },
    };

    [Theory]
    [InlineData("queued", CodingAgentState.Queued)]
    [InlineData("in_progress", CodingAgentState.Running)]
    [InlineData("idle", CodingAgentState.NeedsInput)]
    [InlineData("waiting_for_user", CodingAgentState.NeedsInput)]
    [InlineData("completed", CodingAgentState.Succeeded)]
    [InlineData("failed", CodingAgentState.Failed)]
    [InlineData("timed_out", CodingAgentState.Expired)]
    [InlineData("cancelled", CodingAgentState.Cancelled)]
    [InlineData("brand_new", CodingAgentState.Unknown)]
    [InlineData("COMPLETED", CodingAgentState.Succeeded)]
    [InlineData("", CodingAgentState.Unknown)]
    public async Task A_state_is_normalised_and_the_word_is_kept(string word, CodingAgentState state)
    {
        await using var fixture = await CopilotFixture.StartAsync();

        var task = await fixture.GetAsync(fixture.GitHub.AddCopilotTask("acme/api", "p").SetRawState(word));

        (task.State, task.RawState).Should().Be((state, word));
        task.IsFinished.Should().Be(state is CodingAgentState.Succeeded or CodingAgentState.Failed or CodingAgentState.Expired or CodingAgentState.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Both_generations_say_the_same(string what, CopilotWire wire)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.CopilotWire = wire;

        var started = await fixture.StartTaskAsync();
        fixture.GitHub.CopilotTasks[0].Complete(7, "Fixed");
        var task = await fixture.GetAsync(started.Id);

        started.State.Should().Be(CodingAgentState.Queued, what);
        (task.Id, task.State, task.RawState, task.Repository).Should().Be((started.Id, CodingAgentState.Succeeded, "completed", Requests.Api));
        task.PullRequest.Should().Be(new CodingAgentPullRequest(7, new Uri("https://github.com/acme/api/pull/7")) { Title = "Fixed" });
        task.BranchName.Should().StartWith("copilot/");
        task.UpdatedAt.Should().Be(fixture.Line.Time.GetUtcNow());
        (task.CreatedAt is null).Should().Be(wire.OmitsCreatedAt);
        task.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"id":"t","state":"completed","artifacts":null,"sessions":null}""")]
    [InlineData("""{"id":"t","state":"completed","artifacts":{},"sessions":"none","error":[]}""")]
    [InlineData("""{"id":"t","status":"completed","state":null,"artifacts":[null,5,{"type":"pull"},{"type":"pull","data":null},{"type":"branch","data":{}}]}""")]
    [InlineData("""{"task":{"id":"t","state":"completed","created_at":"no time","html_url":"javascript:alert(1)"},"more":1}""")]
    [InlineData("""{"task":{"id":"t","sessions":[{"state":"failed","created_at":"2026-01-01T00:00:00Z"},{"state":"completed","created_at":"2026-01-02T00:00:00Z"}]}}""")]
    [InlineData("""{"id":"t","state":"completed","html_url":"https://evil.example/tasks/t"}""")]
    [InlineData("""{"id":"t","state":"completed","name":"\ud800","artifacts":[{"type":"branch","data":{"head_ref":"a b..c"}}]}""")]
    public async Task Whatever_else_is_there_or_absent_the_state_decides(string body)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.OneTask).Answer(Answers.Json(200, body));

        var task = await fixture.GetAsync("acme:api:t");

        (task.State, task.PullRequest, task.Error, task.WebUrl, task.BranchName).Should().Be((CodingAgentState.Succeeded, null, null, null, null));
        task.Warnings.Should().BeEmpty();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"task":null}""")]
    [InlineData("""{"id":"","state":"completed"}""")]
    [InlineData("""{"id":"..","state":"completed"}""")]
    public async Task An_answer_without_a_task_is_unreadable(string body)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.OneTask).Answer(Answers.Json(200, body));

        await FluentActions.Awaiting(() => fixture.GetAsync("acme:api:t")).Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task An_id_with_colons_is_asked_for_whole()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.AddCopilotTask("acme/api", "p", id: "a:b/c:d");

        var task = await fixture.GetAsync("acme:api:a:b/c:d");

        task.Id.Should().Be("acme:api:a:b/c:d");
        fixture.GitHub.Requests.Single().Path.Should().Be("/agents/repos/acme/api/tasks/a%3Ab%2Fc%3Ad");
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme:api")]
    [InlineData("acme:api:")]
    [InlineData("acme:api: ")]
    [InlineData("acme:api:..")]
    [InlineData(":api:1")]
    [InlineData("acme::1")]
    [InlineData("acme/api:x:1")]
    [InlineData("..:api:1")]
    [InlineData("acme:a?b:1")]
    public async Task An_id_that_is_none_is_refused_before_anything_is_sent(string id)
    {
        await using var fixture = await CopilotFixture.StartAsync();

        (await FluentActions.Awaiting(() => fixture.GetAsync(id)).Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain(id).And.Contain("OWNER:NAME:TASK");
        await FluentActions.Awaiting(() => fixture.Agent.WaitAsync(id, cancellationToken: TestContext.Current.CancellationToken)).Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_failure_is_told_in_the_words_of_the_newest_session()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "first").Fail("The first trouble");
        fixture.Line.Time.Advance(TimeSpan.FromMinutes(1));
        kept.AddSession("second").Fail("The second trouble, with ghp_abcdefghijklmnopqrstuvwxyz0123456789");

        var task = await fixture.GetAsync(kept);

        task.State.Should().Be(CodingAgentState.Failed);
        task.Error.Should().Be("The second trouble, with ***");
    }

    [Fact]
    public async Task A_failed_task_with_a_pull_request_is_failed()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p");
        kept.OpenPullRequest(7);

        var task = await fixture.GetAsync(kept.Fail());

        (task.State, task.PullRequest!.Number).Should().Be((CodingAgentState.Failed, 7));
    }

    [Fact]
    public async Task A_missing_task_is_not_found()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        await FluentActions.Awaiting(() => fixture.GetAsync("acme:api:none")).Should().ThrowAsync<ScmNotFoundException>();
        fixture.Line.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_wait_ends_with_the_state_and_asks_for_the_pull_request_once()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Start();
        kept.OpenPullRequest(7);
        var readings = new List<CodingAgentState>();

        var task = await fixture.Agent.WaitAsync(
            $"acme:api:{kept.Id}",
            new() { Progress = new Reading(read => Move(kept, readings, read)) },
            TestContext.Current.CancellationToken);

        (task.State, task.PullRequest!.Number).Should().Be((CodingAgentState.Succeeded, 7));
        readings.Should().Equal(CodingAgentState.Running, CodingAgentState.Running, CodingAgentState.Succeeded);
        fixture.GitHub.Requests.Count(request => request.Path is "/graphql").Should().Be(1);
    }

    private static void Move(FakeCopilotTask kept, List<CodingAgentState> readings, CodingAgentTask read)
    {
        readings.Add(read.State);
        if (readings.Count == 2)
        {
            kept.SetRawState("completed");
        }
    }
}
