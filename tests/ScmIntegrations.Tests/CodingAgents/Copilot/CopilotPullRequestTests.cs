using ScmIntegrations.CodingAgents;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>The pull request of a task: resolved where it can be, and never in the way of the task's end.</summary>
public sealed class CopilotPullRequestTests
{
    public static TheoryData<string, Answer> Troubles => new()
    {
        { "not found", Answers.Json(200, """{"data":{"node":null},"errors":[{"type":"NOT_FOUND","message":"Could not resolve"}]}""") },
        { "server", Answers.ServerError() },
        { "permission", Answers.PermissionDenied() },
        { "page", Answers.Html200() },
        { "reset", Answers.Reset() },
        { "limit", Answers.PrimaryRateLimit(TimeSpan.FromHours(1)) },
        { "deep", Answers.DeepJson(5000) },
    };

    [Fact]
    public async Task An_artifact_is_resolved_by_its_global_id_and_not_by_its_number()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        var task = await fixture.GetAsync(fixture.GitHub.AddCopilotTask("acme/api", "p").Complete(7, "Fixed"));

        task.PullRequest.Should().Be(new CodingAgentPullRequest(7, new Uri("https://github.com/acme/api/pull/7")) { Title = "Fixed" });
        fixture.GitHub.Requests.Select(request => request.Path).Should().HaveCount(2).And.Contain("/graphql");
        fixture.Line.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task Without_a_global_id_the_branch_leads_there()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.CopilotWire = CopilotWire.Current with { EmptiesGlobalId = true };
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p");
        kept.PushBranch("copilot/fix & mend");
        fixture.GitHub.Repository("acme/api").OpenPullRequest(3, "another");

        (await fixture.GetAsync(kept)).PullRequest.Should().BeNull("a branch with a space is none that git knows, and nobody is asked for it");

        kept.PushBranch("copilot/fix&mend");
        var task = await fixture.GetAsync(kept.Complete(7, "Fixed"));
        (task.PullRequest!.Number, task.BranchName).Should().Be((7, "copilot/fix&mend"));
        fixture.GitHub.Requests[^1].Query.Should().Contain("head=acme%3Acopilot%2Ffix%26mend&state=all");
        fixture.GitHub.Requests.Should().NotContain(request => request.Fits(HttpMethod.Post, "/graphql"));
    }

    [Fact]
    public async Task A_list_that_ignores_the_filter_is_not_believed()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p");
        kept.PushBranch("mine");
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Pulls).Answer(Answers.Json(200, """[{"number":3,"html_url":"https://github.com/acme/api/pull/3","head":{"ref":"another"}}, null, {"head":null}]"""));

        (await fixture.GetAsync(kept.Complete())).PullRequest.Should().BeNull();
    }

    [Fact]
    public async Task Of_several_of_a_branch_the_newest_counts_closed_or_not()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p");
        kept.PushBranch("mine");
        var repository = fixture.GitHub.Repository("acme/api");
        repository.OpenPullRequest(3, "mine");
        repository.OpenPullRequest(12, "mine").State = "closed";

        (await fixture.GetAsync(kept.Complete())).PullRequest!.Number.Should().Be(12);
    }

    [Fact]
    public async Task Completed_without_a_pull_request_is_completed_and_nobody_is_asked()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        var task = await fixture.GetAsync(fixture.GitHub.AddCopilotTask("acme/api", "p").Complete());

        (task.State, task.PullRequest).Should().Be((CodingAgentState.Succeeded, null));
        task.Warnings.Should().BeEmpty();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_look_up_that_fails_is_a_warning_and_the_branch_is_asked(string what, Answer answer)
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.Resilience.MaxAttempts = 1);
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Complete(7);
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(answer);

        var task = await fixture.GetAsync(kept);

        task.State.Should().Be(CodingAgentState.Succeeded, what);
        task.PullRequest!.Number.Should().Be(7);
        task.Warnings.Should().ContainSingle().Which.Should().StartWith("the pull request of a task could not be looked up");
        fixture.Line.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Contain("could not be looked up");
        fixture.Line.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task Where_both_look_ups_fail_the_state_stands()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Complete(7);
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.PermissionDenied());
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Pulls).Answer(Answers.NotFound());

        var task = await fixture.Agent.WaitAsync($"acme:api:{kept.Id}", cancellationToken: TestContext.Current.CancellationToken);

        (task.State, task.PullRequest).Should().Be((CodingAgentState.Succeeded, null));
        task.Warnings.Should().HaveCount(2);
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_same_trouble_once()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Start();
        kept.PushBranch("mine");
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Pulls).Answer(Answers.NotFound());
        var readings = 0;

        await fixture.Agent.WaitAsync(
            $"acme:api:{kept.Id}",
            new()
            {
                MaxInterval = TimeSpan.FromSeconds(5),
                Progress = new Reading(_ =>
                {
                    if (++readings == 3)
                    {
                        kept.SetRawState("completed");
                    }
                }),
            },
            TestContext.Current.CancellationToken);

        readings.Should().Be(4);
        fixture.Line.Reporter.Reports.Should().ContainSingle();
    }

    [Fact]
    public async Task A_look_up_that_hangs_is_given_up()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Complete(7);
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Stall());

        var read = fixture.GetAsync(kept);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        fixture.Line.Time.Advance(TimeSpan.FromSeconds(30));

        var task = await read;
        task.State.Should().Be(CodingAgentState.Succeeded);
        task.Warnings.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_caller_who_leaves_during_the_look_up_has_left()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Complete(7);
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Stall());
        using var leaving = new CancellationTokenSource();

        var read = fixture.Agent.GetAsync($"acme:api:{kept.Id}", leaving.Token);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        (await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
    }

    [Theory]
    [InlineData("https://github.com/acme/other/pull/7")]
    [InlineData("https://evil.example/acme/api/pull/7")]
    [InlineData("http://github.com/acme/api/pull/7")]
    [InlineData("https://github.com/acme/api/pull/7/files")]
    [InlineData("https://github.com/acme/api/pull/7?x=1")]
    [InlineData("https://github.com/acme/api/issues/7")]
    public async Task A_pull_request_elsewhere_is_left_out(string url)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var kept = fixture.GitHub.AddCopilotTask("acme/api", "p").Complete(7);
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, $$"""{"data":{"node":{"number":7,"title":"t","url":"{{url}}"} } }"""));
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Pulls).Answer(Answers.Json(200, $$"""[{"number":7,"html_url":"{{url}}","head":{"ref":"{{kept.PushBranch()}}"} }]"""));

        var task = await fixture.GetAsync(kept);

        (task.State, task.PullRequest).Should().Be((CodingAgentState.Succeeded, null));
        task.Warnings.Should().ContainSingle().Which.Should().Contain("not one of acme/api");
    }
}
