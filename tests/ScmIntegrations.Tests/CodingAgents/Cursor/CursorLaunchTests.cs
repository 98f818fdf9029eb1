using System.Text.Json;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>What is sent to start an agent, and that one key starts one.</summary>
public sealed class CursorLaunchTests
{
    private const string Agents = "/v1/agents";
    private const string LegacyAgents = "/v0/agents";

    [Fact]
    public async Task A_launch_is_sent_as_the_current_api_takes_it()
    {
        await using var rig = await CursorRig.StartAsync(options => options.Model = "gpt-5.5");

        var task = await rig.LaunchAsync(request => request with { Prompt = "  Fix it:\n\"ü\" \U0001F600 ", BaseRef = "release/1.0", BranchName = "Fix it" });

        var body = rig.Body(HttpMethod.Post, Agents);
        body.GetProperty("prompt").GetProperty("text").GetString().Should().Be("  Fix it:\n\"ü\" \U0001F600 ", "a prompt is sent as it is");
        body.GetProperty("model").GetProperty("id").GetString().Should().Be("gpt-5.5");
        body.GetProperty("repos").GetRawText().Should().Be("""[{"url":"https://github.com/acme/api","startingRef":"release/1.0"}]""");
        body.GetProperty("autoCreatePR").GetBoolean().Should().BeTrue();
        body.GetProperty("agentId").GetString().Should().Be(task.Id).And.MatchRegex("^bc-[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", "it is a UUID of version 8");
        body.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("prompt", "model", "repos", "autoCreatePR", "agentId");
        task.Should().BeEquivalentTo(new
        {
            Agent = "cursor",
            State = CodingAgentState.Queued,
            RawState = "CREATING",
            Repository = CursorRig.Api,
            WebUrl = new Uri($"https://cursor.com/agents/{task.Id}"),
            CreatedAt = rig.Time.GetUtcNow(),
            WasStartedBefore = false,
            Warnings = Array.Empty<string>(),
        });
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_sent()
    {
        await using var rig = await CursorRig.StartAsync();

        await rig.LaunchAsync(request => request with { CreatePullRequest = false });

        var body = rig.Body(HttpMethod.Post, Agents);
        body.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("prompt", "repos", "autoCreatePR", "agentId");
        body.GetProperty("repos")[0].EnumerateObject().Select(member => member.Name).Should().Equal("url");
        body.GetProperty("autoCreatePR").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task A_launch_is_sent_as_the_legacy_api_takes_it()
    {
        var secret = new string('s', 32);
        await using var rig = await CursorRig.StartAsync(options => (options.Api, options.WebhookUrl, options.WebhookSecret) = (CursorApi.V0, new("https://acme.example/hook?a=1"), secret));

        var task = await rig.LaunchAsync(request => request with { Model = "gpt-5.5", BaseRef = "dev", BranchName = "Fix the login now" });

        var body = rig.Body(HttpMethod.Post, LegacyAgents);
        body.GetProperty("model").GetString().Should().Be("gpt-5.5");
        body.GetProperty("source").GetRawText().Should().Be("""{"repository":"https://github.com/acme/api","ref":"dev"}""");
        body.GetProperty("target").GetProperty("branchName").GetString().Should().MatchRegex("^fix-the-login-[a-z0-9]{6}$");
        body.GetProperty("target").GetProperty("autoCreatePr").GetBoolean().Should().BeTrue();
        body.GetProperty("target").GetProperty("openAsCursorGithubApp").GetBoolean().Should().BeTrue();
        body.GetProperty("webhook").GetRawText().Should().Be($$"""{"url":"https://acme.example/hook?a=1","secret":"{{secret}}"}""");
        task.Should().BeEquivalentTo(new { State = CodingAgentState.Queued, Repository = CursorRig.Api, BranchName = rig.Cursor.Agents[0].BranchName });
    }

    [Fact]
    public async Task One_key_starts_one_agent()
    {
        await using var rig = await CursorRig.StartAsync();

        var first = await rig.LaunchAsync(request => request with { IdempotencyKey = "issue-7" });
        rig.Cursor.Agent(first.Id).Finish(pullRequestNumber: 7);
        var second = await rig.LaunchAsync(request => request with { IdempotencyKey = "issue-7", Prompt = "Fix it, please." });

        second.Id.Should().Be(first.Id);
        second.WasStartedBefore.Should().BeTrue();
        second.Should().Match<CodingAgentTask>(task => task.State == CodingAgentState.Succeeded && task.PullRequest!.Number == 7, "it stands where its run does");
        rig.Cursor.Agents.Should().ContainSingle();
        rig.CountedOutcomes.Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task Another_key_another_repository_or_no_key_is_another_agent()
    {
        await using var rig = await CursorRig.StartAsync();

        await rig.LaunchAsync(request => request with { IdempotencyKey = "a" });
        await rig.LaunchAsync(request => request with { IdempotencyKey = "b" });
        await rig.LaunchAsync(request => request with { IdempotencyKey = "a", Repository = new("acme/web") });
        await rig.LaunchAsync();
        await rig.LaunchAsync();

        rig.Cursor.Agents.Select(agent => agent.Id).Should().HaveCount(5).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task An_id_that_is_taken_by_an_agent_of_another_repository_is_a_conflict()
    {
        await using var rig = await CursorRig.StartAsync();
        var first = await rig.LaunchAsync(request => request with { IdempotencyKey = "a" });
        rig.Cursor.Agent(first.Id).RepositoryUrl = "https://github.com/acme/other";

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync(request => request with { IdempotencyKey = "a" }));

        error.Should().BeOfType<ScmConflictException>();
        error.Message.Should().Contain("agent_id_conflict");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(int.MaxValue, false)]
    public async Task An_agent_that_runs_already_and_cannot_be_read_is_not_told_as_refused(int failures, bool isFound)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Resilience.MaxAttempts = 1);
        var first = await rig.LaunchAsync(request => request with { IdempotencyKey = "a" });
        rig.Cursor.When(HttpMethod.Get, $"{Agents}/{first.Id}").Times(failures).Answer(Answers.CursorError(500, "internal_error", "Later."));

        var again = () => rig.LaunchAsync(request => request with { IdempotencyKey = "a" });

        if (isFound)
        {
            (await again()).Should().BeEquivalentTo(new { first.Id, WasStartedBefore = true });
        }
        else
        {
            (await CursorRig.FailAsync(again)).Should().BeOfType<ScmAmbiguousWriteException>();
        }

        rig.Cursor.Agents.Should().ContainSingle();
    }

    [Theory]
    [InlineData(CursorApi.V1)]
    [InlineData(CursorApi.V0)]
    public async Task A_launch_whose_answer_was_lost_is_found(CursorApi api)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var path = api is CursorApi.V0 ? LegacyAgents : Agents;
        rig.Cursor.When(HttpMethod.Post, path).Once().Answer(Answers.Real().ResetAfter(10));

        var task = await rig.LaunchAsync();

        task.WasStartedBefore.Should().BeTrue();
        rig.Cursor.Agents.Should().ContainSingle().Which.Id.Should().Be(task.Id);
        rig.Cursor.Count(HttpMethod.Post, path).Should().Be(1);
    }

    [Theory]
    [InlineData(CursorApi.V1, "cut")]
    [InlineData(CursorApi.V1, "page")]
    [InlineData(CursorApi.V1, "no id")]
    [InlineData(CursorApi.V0, "cut")]
    [InlineData(CursorApi.V0, "page")]
    [InlineData(CursorApi.V0, "no id")]
    public async Task A_launch_whose_answer_cannot_be_read_is_found(CursorApi api, string how)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = api);
        var launches = 0;
        var path = api is CursorApi.V0 ? LegacyAgents : Agents;
        rig.Cursor.When(HttpMethod.Post, path).Once().Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            // The agent starts, and something on the way spoils the answer.
            launches++;
            using var inner = rig.Cursor.CreateClient(CursorRig.Key);
            var request = rig.Cursor.Find(HttpMethod.Post, path)[0];
            using var content = new StringContent(request.Body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await inner.PostAsync(path[1..], content, cancellationToken);
            context.Response.StatusCode = 201;
            context.Response.ContentType = "application/json";
            var body = how switch { "cut" => (await answer.Content.ReadAsStringAsync(cancellationToken))[..20], "page" => "<html></html>", _ => "{}" };
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body), cancellationToken);
        }));

        var task = await rig.LaunchAsync();

        launches.Should().Be(1);
        task.WasStartedBefore.Should().BeTrue();
        rig.Cursor.Agents.Should().ContainSingle().Which.Id.Should().Be(task.Id);
    }

    [Fact]
    public async Task A_launch_that_started_nothing_is_sent_once_more()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Once().Answer(Answers.Reset());

        var task = await rig.LaunchAsync();

        task.WasStartedBefore.Should().BeFalse();
        rig.Sent.Should().Equal("POST /v1/agents", $"GET /v1/agents/{task.Id}", "POST /v1/agents");
    }

    [Fact]
    public async Task The_legacy_api_looks_before_a_launch_that_may_be_a_repeated_one()
    {
        await using var rig = await CursorRig.StartAsync(options => options.Api = CursorApi.V0);

        var first = await rig.LaunchAsync(request => request with { IdempotencyKey = "a" });
        var second = await rig.LaunchAsync(request => request with { IdempotencyKey = "a" });
        var third = await rig.LaunchAsync(request => request with { IdempotencyKey = "b" });

        (second.Id, second.WasStartedBefore).Should().Be((first.Id, true));
        third.WasStartedBefore.Should().BeFalse();
        rig.Cursor.Agents.Should().HaveCount(2).And.OnlyContain(agent => agent.BranchName!.StartsWith("cursor/agent-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task What_cannot_be_launched_is_refused_before_anything_is_sent(string prompt)
    {
        await using var rig = await CursorRig.StartAsync();

        var launch = () => rig.LaunchAsync(request => request with { Prompt = prompt });

        await launch.Should().ThrowAsync<ArgumentException>();
        rig.Cursor.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_repository_is_named_without_a_way_out_of_its_place()
    {
        await using var rig = await CursorRig.StartAsync();

        await rig.LaunchAsync(request => request with { Repository = new RepositoryRef("a.b-c_d", "x.y") });

        rig.Body(HttpMethod.Post, Agents).GetProperty("repos")[0].GetProperty("url").GetString().Should().Be("https://github.com/a.b-c_d/x.y");
    }

    [Fact]
    public void The_id_of_a_launch_is_the_same_whenever_it_is_sent_and_another_for_every_key()
    {
        static string IdOf(string key) => CursorAgentId.Of(CodingAgentStart.Of("cursor", new(CursorRig.Api, "Fix it.") { IdempotencyKey = key }, DateTimeOffset.UnixEpoch));

        IdOf("issue-7").Should().Be(IdOf("issue-7"));
        Enumerable.Range(0, 1000).Select(number => IdOf($"{number}")).Should().OnlyHaveUniqueItems();
        IdOf("issue-7").Should().Match(id => CursorAgentId.IsValid(id));
    }

    [Fact]
    public async Task Fifty_launches_at_once_start_fifty_agents()
    {
        await using var rig = await CursorRig.StartAsync();

        var tasks = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => rig.LaunchAsync(request => request with { Repository = new($"acme/r{number}"), IdempotencyKey = "one" })));

        tasks.Select(task => task.Id).Should().OnlyHaveUniqueItems();
        JsonSerializer.Serialize(rig.Cursor.Agents.Select(agent => agent.Repository).Order(StringComparer.Ordinal)).Should().Be(JsonSerializer.Serialize(tasks.Select(task => task.Repository!.FullName).Order(StringComparer.Ordinal)));
    }
}
