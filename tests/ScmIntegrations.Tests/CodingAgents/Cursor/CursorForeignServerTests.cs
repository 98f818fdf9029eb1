using System.Globalization;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>Servers that speak Cursor's API otherwise than Cursor does: what they say is taken as far as it can be.</summary>
public sealed class CursorForeignServerTests
{
    private const string LegacyAgents = "/v0/agents";

    [Theory]
    [InlineData("""{"id":"bc-1","status":"CREATING","name":"Fix"}""", CodingAgentState.Queued, "CREATING")]
    [InlineData("""{"id":"bc-1","status":"ACTIVE","name":"Fix","agent":7}""", CodingAgentState.Unknown, "ACTIVE")]
    [InlineData("""{"id":"bc-1","status":3,"name":"Fix","agent":{}}""", CodingAgentState.Unknown, "3")]
    [InlineData("""{"id":"bc-1","status":"ACTIVE","name":"Fix","run":{"status":"RUNNING"}}""", CodingAgentState.Running, "RUNNING")]
    public async Task A_launch_answered_with_the_agent_alone_is_read(string body, CodingAgentState state, string raw)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, "/v1/agents").Answer(Answers.Json(201, body));

        (await rig.LaunchAsync()).Should().BeEquivalentTo(new { Id = "bc-1", State = state, RawState = raw, Name = "Fix", Repository = CursorRig.Api, WasStartedBefore = false });

        rig.Cursor.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("7")]
    [InlineData("1.5e3")]
    [InlineData("true")]
    [InlineData("""["a",{"b":[1]}]""")]
    [InlineData("""{"a":{"b":[1]}}""")]
    [InlineData(""" "\ud800" """)]
    public async Task Odd_members_are_absent_and_leave_the_rest_readable(string odd)
    {
        await using var current = await CursorRig.StartAsync();
        await using var legacy = await CursorRig.StartAsync(options => options.Api = CursorApi.V0);
        current.Cursor.When(HttpMethod.Get, "/v1/agents/{id}").Answer(Answers.Json(200, $$$"""{"id":{{{odd}}},"name":{{{odd}}},"url":{{{odd}}},"createdAt":{{{odd}}},"updatedAt":{{{odd}}},"latestRunId":"run-1","repos":[{{{odd}}},{"url":"https://github.com/acme/api","startingRef":{{{odd}}}}]}"""));
        current.Cursor.When(HttpMethod.Get, "/v1/agents/{id}/runs/{run}").Answer(Answers.Json(200, $$$"""{"id":{{{odd}}},"status":{{{odd}}},"updatedAt":{{{odd}}},"result":{{{odd}}},"git":{"branches":[{{{odd}}},{"repoUrl":{{{odd}}}},{"repoUrl":"github.com/acme/api","branch":{{{odd}}},"prUrl":{{{odd}}}},{"repoUrl":"github.com/acme/api","branch":"cursor/fix","prUrl":"https://github.com/acme/api/pull/7"}]}}"""));
        legacy.Cursor.When(HttpMethod.Get, "/v0/agents/{id}").Answer(Answers.Json(200, $$$"""{"id":{{{odd}}},"name":{{{odd}}},"status":{{{odd}}},"createdAt":{{{odd}}},"summary":{{{odd}}},"source":{"repository":"github.com/acme/api","ref":{{{odd}}}},"target":{"url":{{{odd}}},"branchName":"cursor/fix","prUrl":"https://github.com/acme/api/pull/7","autoCreatePr":{{{odd}}}}}"""));

        foreach (var rig in (CursorRig[])[current, legacy])
        {
            (await rig.Client.GetAsync("bc-1", CursorRig.Cancellation)).Should().BeEquivalentTo(new
            {
                Id = "bc-1",
                State = CodingAgentState.Unknown,
                RawState = odd[0] is '7' or '1' ? odd : "",
                Repository = CursorRig.Api,
                Name = (string?)null,
                WebUrl = (Uri?)null,
                BranchName = "cursor/fix",
                PullRequest = new CodingAgentPullRequest(7, new Uri("https://github.com/acme/api/pull/7")),
                CreatedAt = (DateTimeOffset?)null,
                UpdatedAt = (DateTimeOffset?)null,
                Error = (string?)null,
            });
        }
    }

    [Theory]
    [InlineData("repos")]
    [InlineData("git")]
    [InlineData("branches")]
    public async Task Odd_objects_and_lists_are_absent(string which)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}").Answer(Answers.Json(200, $$"""{"id":"bc-1","latestRunId":"run-1","repos":{{(which is "repos" ? "{}" : "[]")}}}"""));
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}/runs/{run}").Answer(Answers.Json(200, $$"""{"git":{{(which is "git" ? "[7]" : """{"branches":"x"}""")}},"status":"RUNNING"}"""));

        (await rig.Client.GetAsync("bc-1", CursorRig.Cancellation)).State.Should().Be(CodingAgentState.Running);
    }

    [Theory]
    [InlineData(CursorApi.V1, "items")]
    [InlineData(CursorApi.V0, "agents")]
    public async Task Odd_entries_of_a_list_are_left_out_and_an_odd_list_is_not_an_empty_one(CursorApi api, string name)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var path = api is CursorApi.V0 ? LegacyAgents : "/v1/agents";
        rig.Cursor.When(HttpMethod.Get, path).Once().Answer(Answers.Json(200, $$"""{"{{name}}":[7,"x",[],null,{"id":7},{"id":"bc-1","latestRunId":"run-1","repos":[]}]}"""));
        rig.Cursor.When(HttpMethod.Get, "/v1/agents/{id}/runs/{run}").Answer(Answers.Json(200, "{}"));
        (await ListAsync(rig)).Select(task => task.Id).Should().Equal("bc-1");

        rig.Cursor.When(HttpMethod.Get, path).Answer(Answers.Json(200, $$$"""{"{{{name}}}":{}}"""));
        (await CursorRig.FailAsync(() => ListAsync(rig))).Should().BeOfType<ScmUnreadableResponseException>();
    }

    [Theory]
    [InlineData(200, "<html>", true)]
    [InlineData(200, "{", true)]
    [InlineData(500, "", true)]
    [InlineData(403, """{"error":{"code":"role_forbidden","message":"No."}}""", true)]
    [InlineData(401, """{"error":{"code":"unauthorized","message":"No."}}""", false)]
    [InlineData(429, "", false)]
    public async Task A_run_that_cannot_be_read_does_not_cost_the_list_the_other_agents(int status, string body, bool goesOn)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Resilience.MaxAttempts = 1);
        var agents = Enumerable.Range(0, 3).Select(_ => rig.Cursor.AddAgent("acme/api")).Reverse().ToList();
        rig.Cursor.When(HttpMethod.Get, $"/v1/agents/{agents[1].Id}/runs/{{run}}").Answer(Answers.Json(status, body));

        if (!goesOn)
        {
            await CursorRig.FailAsync(() => ListAsync(rig));
            return;
        }

        var tasks = await ListAsync(rig);

        tasks.Select(task => task.Id).Should().Equal(agents.Select(agent => agent.Id));
        tasks.Select(task => task.State).Should().Equal(CodingAgentState.Queued, CodingAgentState.Unknown, CodingAgentState.Queued);
        tasks.Select(task => task.Warnings.Count).Should().Equal(0, 1, 0);
        tasks[1].Should().BeEquivalentTo(new { Repository = CursorRig.Api, RawState = "" });
        tasks[1].Warnings[0].Should().StartWith("How the agent stands could not be read. ");
    }

    [Theory]
    [InlineData(0, "null", "acme/api", "RUNNING", true)]
    [InlineData(1, "null", "ACME/api", "FINISHED", true)]
    [InlineData(-4, "null", "acme/api", "RUNNING", true)]
    [InlineData(-6, "null", "acme/api", "RUNNING", false)]
    [InlineData(0, "7", "acme/api", "RUNNING", true)]
    [InlineData(0, "\"\"", "acme/api", "RUNNING", true)]
    [InlineData(0, "\"cursor/other\"", "acme/api", "RUNNING", false)]
    [InlineData(0, "null", "acme/web", "RUNNING", false)]
    [InlineData(null, "null", "acme/api", "RUNNING", true)]
    [InlineData(null, "null", "acme/api", "FINISHED", false)]
    public async Task A_legacy_agent_without_a_branch_that_may_be_the_launchs_keeps_it_from_being_sent_again(int? minutes, string branch, string repository, string status, bool isDoubtful)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = CursorApi.V0);
        rig.Cursor.When(HttpMethod.Post, LegacyAgents).Once().Answer(Answers.Text(502));
        List(rig, minutes, branch, repository, status);

        if (isDoubtful)
        {
            (await CursorRig.FailAsync(() => rig.LaunchAsync())).Should().BeOfType<ScmAmbiguousWriteException>();
        }
        else
        {
            (await rig.LaunchAsync()).WasStartedBefore.Should().BeFalse();
        }

        rig.Cursor.Count(HttpMethod.Post, LegacyAgents).Should().Be(isDoubtful ? 1 : 2);
    }

    [Fact]
    public async Task A_launch_that_may_be_a_repeated_one_is_not_sent_past_such_an_agent()
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = CursorApi.V0);
        List(rig, -1, "null", "acme/api", "RUNNING");

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync(request => request with { IdempotencyKey = "a" }));

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.Message.Should().Contain("bc-1").And.Contain("acme/api").And.Contain("branch");
        rig.Cursor.Count(HttpMethod.Post, LegacyAgents).Should().Be(0);
    }

    private static async Task<List<CodingAgentTask>> ListAsync(CursorRig rig) =>
        await rig.Client.ListAsync(cancellationToken: CursorRig.Cancellation).ToListAsync(CursorRig.Cancellation);

    private static void List(CursorRig rig, int? minutes, string branch, string repository, string status)
    {
        var createdAt = minutes is { } offset ? $"\"{rig.Time.GetUtcNow().AddMinutes(offset).ToString("O", CultureInfo.InvariantCulture)}\"" : "null";
        rig.Cursor.When(HttpMethod.Get, LegacyAgents).Answer(Answers.Json(200, $$$"""{"agents":[{"id":"bc-1","status":"{{{status}}}","createdAt":{{{createdAt}}},"source":{"repository":"https://github.com/{{{repository}}}"},"target":{"branchName":{{{branch}}}}}]}"""));
    }
}
