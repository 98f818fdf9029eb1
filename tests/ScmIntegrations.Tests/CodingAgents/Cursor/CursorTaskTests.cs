using System.Globalization;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>Reading, listing, waiting, cancelling and following up, in both generations.</summary>
public sealed class CursorTaskTests
{
    public static TheoryData<CursorApi, string, CodingAgentState> States
    {
        get
        {
            var data = new TheoryData<CursorApi, string, CodingAgentState>();
            foreach (var api in Enum.GetValues<CursorApi>())
            {
                foreach (var (status, state) in ((string, CodingAgentState)[])
                [
                    ("CREATING", CodingAgentState.Queued), ("RUNNING", CodingAgentState.Running), ("FINISHED", CodingAgentState.Succeeded),
                    ("ERROR", CodingAgentState.Failed), ("CANCELLED", CodingAgentState.Cancelled), ("STOPPED", CodingAgentState.Cancelled),
                    ("EXPIRED", CodingAgentState.Expired), ("finished", CodingAgentState.Succeeded), ("NEW_STATUS", CodingAgentState.Unknown),
                    ("ACTIVE", CodingAgentState.Unknown), ("", CodingAgentState.Unknown),
                ])
                {
                    data.Add(api, status, state);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Every_status_has_a_state_and_keeps_its_word(CursorApi api, string status, CodingAgentState state)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var agent = rig.Cursor.AddAgent("acme/api");
        agent.SetRawStatus(status);

        var task = await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation);

        task.State.Should().Be(state);
        task.RawState.Should().Be(api is CursorApi.V0 && status is "CANCELLED" ? "STOPPED" : status);
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_finished_task_shows_what_it_made(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var agent = rig.Cursor.AddAgent("acme/api", "Fix it.");
        agent.Finish(pullRequestNumber: 7);

        var task = await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation);

        task.Should().BeEquivalentTo(new
        {
            agent.Id,
            Agent = "cursor",
            State = CodingAgentState.Succeeded,
            RawState = "FINISHED",
            Repository = CursorRig.Api,
            Name = "Fix it.",
            WebUrl = new Uri($"https://cursor.com/agents/{agent.Id}"),
            BranchName = "cursor/do-it-a1b2",
            PullRequest = new CodingAgentPullRequest(7, new Uri("https://github.com/acme/api/pull/7")),
            Error = (string?)null,
        });
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_failed_task_says_why_and_a_finished_one_needs_no_pull_request(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var (failed, finished) = (rig.Cursor.AddAgent("acme/api"), rig.Cursor.AddAgent("acme/api"));
        failed.Fail($"No\u202etests, and ghp_{new string('a', 36)}, sorry");
        finished.Finish();

        (await rig.Client.GetAsync(failed.Id, CursorRig.Cancellation)).Error.Should().Be("No tests, and ***, sorry");
        var task = await rig.Client.GetAsync(finished.Id, CursorRig.Cancellation);
        (task.IsFinished, task.State, task.PullRequest).Should().Be((true, CodingAgentState.Succeeded, null));
    }

    public static TheoryData<CursorApi, string> HostilePullRequests
    {
        get
        {
            var data = new TheoryData<CursorApi, string>();
            foreach (var api in Enum.GetValues<CursorApi>())
            {
                data.Add(api, "https://github.com/acme/other/pull/7");
                data.Add(api, "https://github.com/acme/api/pull/7/files");
                data.Add(api, "https://github.com/acme/api/pull/7?x=1");
                data.Add(api, "https://github.com/acme/api/pull/0");
                data.Add(api, "https://github.com/acme/api/pull/x");
                data.Add(api, "http://github.com/acme/api/pull/7");
                data.Add(api, "https://github.com.evil.example/acme/api/pull/7");
                data.Add(api, "https://github.com@evil.example/acme/api/pull/7");
                data.Add(api, "javascript:alert(1)");
                data.Add(api, "");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(HostilePullRequests))]
    public async Task A_pull_request_of_elsewhere_is_none(CursorApi api, string url)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var agent = rig.Cursor.AddAgent("acme/api");
        agent.PullRequestUrl = url;
        agent.Finish();

        (await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation)).Should().Match<CodingAgentTask>(task => task.PullRequest == null && task.State == CodingAgentState.Succeeded);
    }

    [Fact]
    public async Task The_state_is_the_latest_runs_and_not_the_agents()
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        agent.Finish(pullRequestNumber: 7);
        agent.IsArchived = true;

        (await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation)).State.Should().Be(CodingAgentState.Succeeded);

        agent.IsArchived = false;
        await rig.Client.FollowUpAsync(agent.Id, "More.", CursorRig.Cancellation);
        agent.Run();
        (await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation)).State.Should().Be(CodingAgentState.Running);
    }

    [Fact]
    public async Task An_agent_that_does_not_name_its_latest_run_has_its_newest()
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        agent.Finish();
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}").Answer(Answers.Json(200, $$$"""{"id":"{{{agent.Id}}}","latestRunId":"../me","repos":[null,{"url":"https://github.com/acme/api.git/"}],"url":"https://evil.example/","new":1}"""));

        var task = await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation);

        task.Should().BeEquivalentTo(new { State = CodingAgentState.Succeeded, Repository = CursorRig.Api, WebUrl = (Uri?)null });
        rig.Sent.Should().Equal($"GET /v1/agents/{agent.Id}", $"GET /v1/agents/{agent.Id}/runs", $"GET /v1/agents/{agent.Id}/runs/{agent.LatestRun.Id}");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":null,"status":null,"git":null}""")]
    [InlineData("""{"git":{"branches":[null,{},{"repoUrl":7777}]}}""")]
    public async Task A_run_without_what_it_should_have_is_unknown_and_never_a_bug(string run)
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}/runs/{run}").Answer(Answers.Json(200, run));

        var task = await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation);

        task.Should().Match<CodingAgentTask>(task => task.State == CodingAgentState.Unknown && task.RawState.Length == 0);
    }

    [Fact]
    public async Task Of_several_branches_those_of_the_repository_count()
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}/runs/{run}").Answer(Answers.Json(200, """
            {"status":"FINISHED","git":{"branches":[
              {"repoUrl":"github.com/acme/web","branch":"cursor/web","prUrl":"https://github.com/acme/web/pull/1"},
              {"repoUrl":"github.com.evil.example/acme/api","branch":"cursor/evil","prUrl":"https://github.com/acme/api/pull/2"},
              {"repoUrl":"github.com/ACME/api","branch":"cur..sor"},
              {"repoUrl":"https://github.com/acme/api","branch":"cursor/mine","prUrl":"https://github.com/acme/api/pull/3"}]}}
            """));

        var task = await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation);

        (task.BranchName, task.PullRequest?.Number).Should().Be(("cursor/mine", 3));
    }

    [Theory]
    [InlineData("../me")]
    [InlineData("bc-1/../../me")]
    [InlineData("bc-1?x")]
    [InlineData("bc-")]
    [InlineData("agent-1")]
    [InlineData("bc-%2e%2e")]
    [InlineData("bc-ü")]
    public async Task What_is_no_id_is_refused_before_anything_is_sent(string id)
    {
        await using var rig = await CursorRig.StartAsync();

        await ((Func<Task>)(() => rig.Client.GetAsync(id, CursorRig.Cancellation))).Should().ThrowAsync<ArgumentException>();
        await ((Func<Task>)(() => rig.Client.CancelAsync(id, CursorRig.Cancellation))).Should().ThrowAsync<ArgumentException>();
        await ((Func<Task>)(() => rig.Client.FollowUpAsync(id, "More.", CursorRig.Cancellation))).Should().ThrowAsync<ArgumentException>();
        rig.Cursor.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task An_agent_that_is_gone_is_not_found(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);

        (await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation))).Should().BeOfType<ScmNotFoundException>();

        rig.Cursor.Requests.Should().ContainSingle("it is Cursor's own word, so nothing else is tried");
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_list_is_read_to_its_end_and_narrowed_to_a_repository(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api, fake => fake.PageSizeCap = 3);
        for (var i = 0; i < 8; i++)
        {
            rig.Cursor.AddAgent(i % 2 == 0 ? "acme/api" : "acme/web").SetRawStatus(i == 0 ? "FINISHED" : "RUNNING");
        }

        var all = await rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation);
        var some = await rig.Client.ListAsync(new RepositoryRef("ACME/api"), CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation);

        all.Select(task => task.Id).Should().Equal(rig.Cursor.Agents.Reverse().Select(agent => agent.Id));
        all[^1].State.Should().Be(CodingAgentState.Succeeded);
        some.Should().HaveCount(4).And.OnlyContain(task => task.Repository!.Equals(CursorRig.Api) && task.Agent == "cursor");
    }

    [Fact]
    public async Task A_list_asks_no_further_than_somebody_takes()
    {
        await using var rig = await CursorRig.StartAsync(fake: fake => fake.PageSizeCap = 2);
        for (var i = 0; i < 10; i++)
        {
            rig.Cursor.AddAgent("acme/api");
        }

        await foreach (var task in rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation))
        {
            task.Id.Should().Be(rig.Cursor.Agents[^1].Id);
            break;
        }

        rig.Cursor.Requests.Should().HaveCount(3, "a page, an agent and its run");
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_list_that_goes_on_past_its_bound_or_in_a_circle_says_so(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => (options.Api, options.MaxPages) = (api, 3));
        var page = 0;
        var isCircle = false;
        rig.Cursor.When(request => request.Path.EndsWith("/agents", StringComparison.Ordinal)).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            var name = api is CursorApi.V0 ? "agents" : "items";
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"{{name}}":[null,{"id":"../me"}],"nextCursor":"{{(isCircle ? "a b&c" : (page++).ToString(CultureInfo.InvariantCulture))}}"}"""), cancellationToken);
        }));

        var bounded = await CursorRig.FailAsync(async () => await rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation));
        rig.Cursor.Requests.Should().HaveCount(3);
        isCircle = true;
        var circle = await CursorRig.FailAsync(async () => await rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation));

        bounded.Should().BeOfType<ScmIncompleteListException>().Which.Message.Should().Contain("3 pages");
        circle.Should().BeOfType<ScmIncompleteListException>().Which.Message.Should().Contain("read already");
        rig.Cursor.Requests[^1].Query.Should().EndWith("&cursor=a%20b%26c");
    }

    [Fact]
    public async Task An_agent_deleted_since_it_was_listed_is_left_out()
    {
        await using var rig = await CursorRig.StartAsync();
        var (kept, gone) = (rig.Cursor.AddAgent("acme/api"), rig.Cursor.AddAgent("acme/api"));
        rig.Cursor.When(HttpMethod.Get, $"/v1/agents/{gone.Id}").Answer(Answers.CursorError(404, "agent_not_found", "Gone."));

        (await rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation)).Select(task => task.Id).Should().Equal(kept.Id);
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_task_is_cancelled_once(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var agent = rig.Cursor.AddAgent("acme/api");

        await rig.Client.CancelAsync(agent.Id, CursorRig.Cancellation);
        var again = await CursorRig.FailAsync(() => rig.Client.CancelAsync(agent.Id, CursorRig.Cancellation));

        (await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation)).State.Should().Be(CodingAgentState.Cancelled);
        again.Should().BeOfType<ScmConflictException>();
        rig.Client.Features.Should().Be(CodingAgentFeatures.Cancel | CodingAgentFeatures.FollowUp);
    }

    [Fact]
    public async Task A_cancellation_with_an_unknown_end_says_so_and_is_not_repeated()
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        rig.Cursor.When(HttpMethod.Post, "/v1/agents/{id}/runs/{run}/cancel").Answer(Answers.Reset());

        (await CursorRig.FailAsync(() => rig.Client.CancelAsync(agent.Id, CursorRig.Cancellation))).Should().BeOfType<ScmAmbiguousWriteException>();

        rig.Cursor.Count(HttpMethod.Post, "/v1/agents/{id}/runs/{run}/cancel").Should().Be(1);
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_further_prompt_is_taken_when_the_agent_is_free(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var agent = rig.Cursor.AddAgent("acme/api");

        var busy = await CursorRig.FailAsync(() => rig.Client.FollowUpAsync(agent.Id, "More.", CursorRig.Cancellation));
        agent.Finish(pullRequestNumber: 7);
        var task = await rig.Client.FollowUpAsync(agent.Id, "More.", CursorRig.Cancellation);

        busy.Should().BeOfType<ScmConflictException>();
        task.Should().BeEquivalentTo(new { agent.Id, State = CodingAgentState.Queued, Repository = CursorRig.Api, Agent = "cursor" });
        agent.Runs.Select(run => run.Prompt).Should().Equal("Do it.", "More.");
    }

    [Fact]
    public async Task A_wait_ends_with_the_state_alone()
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        var readings = new List<CodingAgentState>();
        var progress = new Readings(task =>
        {
            readings.Add(task.State);
            switch (readings.Count)
            {
                case 1: agent.Run(); break;
                case 2: agent.SetRawStatus("NEW_STATUS"); break;
                default: agent.Finish(); break;
            }
        });

        var task = await rig.Client.WaitAsync(agent.Id, new() { Progress = progress }, CursorRig.Cancellation);

        readings.Should().Equal(CodingAgentState.Queued, CodingAgentState.Running, CodingAgentState.Unknown, CodingAgentState.Succeeded);
        task.PullRequest.Should().BeNull();
    }

    private sealed class Readings(Action<CodingAgentTask> told) : IProgress<CodingAgentTask>
    {
        public void Report(CodingAgentTask value) => told(value);
    }
}
