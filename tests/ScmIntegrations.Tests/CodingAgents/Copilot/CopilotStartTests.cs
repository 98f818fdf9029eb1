using System.Text;
using System.Text.Json;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>A launch: what is sent, what comes back, and that it starts one task whatever becomes of the request.</summary>
public sealed class CopilotStartTests
{
    [Fact]
    public async Task A_task_is_started_as_it_is_documented()
    {
        await using var fixture = await CopilotFixture.StartAsync(options => options.CustomAgent = "reviewer");

        var task = await fixture.StartTaskAsync("Fix it", request => request with { BaseRef = "main", Model = "claude", BranchName = "any" });

        var kept = fixture.GitHub.CopilotTasks.Should().ContainSingle().Subject;
        (task.Id, task.Agent, task.State, task.RawState, task.Repository).Should().Be(($"acme:api:{kept.Id}", "github_copilot", CodingAgentState.Queued, "queued", Requests.Api));
        (task.WasStartedBefore, task.PullRequest, task.Error).Should().Be((false, null, null));
        task.CreatedAt.Should().Be(fixture.Line.Time.GetUtcNow());
        task.WebUrl.Should().Be(new Uri($"https://github.com/acme/api/tasks/{kept.Id}"));
        task.Warnings.Should().BeEmpty();
        (kept.BaseRef, kept.Model, kept.CustomAgent, kept.CreatePullRequest, kept.RequestedHeadRef).Should().Be(("main", "claude", "reviewer", true, null));
        using var body = JsonDocument.Parse(fixture.GitHub.Requests.Single().Body);
        body.RootElement.EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo("prompt", "create_pull_request", "base_ref", "model", "custom_agent");
        fixture.Line.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_sent()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        await fixture.StartTaskAsync(change: request => request with { CreatePullRequest = false });

        using var body = JsonDocument.Parse(fixture.GitHub.Requests.Single().Body);
        body.RootElement.EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo("prompt", "create_pull_request");
        fixture.GitHub.CopilotTasks[0].CreatePullRequest.Should().BeFalse();
    }

    [Fact]
    public async Task The_prompt_ends_in_a_mark_that_a_page_does_not_show_and_tells_nothing_of_the_key()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        await fixture.StartTaskAsync("Fix \"it\" <now> ✓", request => request with { IdempotencyKey = "incident-4711" });

        var prompt = fixture.GitHub.CopilotTasks[0].Prompt;
        prompt.Should().MatchRegex("^Fix \"it\" <now> ✓\n\n<!-- scm-integrations [0-9a-f]{64} -->$").And.NotContain("4711");
    }

    [Fact]
    public async Task The_older_body_is_sent_where_the_options_say_so()
    {
        await using var fixture = await CopilotFixture.StartAsync(options => (options.SendsOlderBody, options.EventType, options.CustomAgent) = (true, "triage", "unheard of"));
        fixture.GitHub.CopilotWire = CopilotWire.Older;

        var task = await fixture.StartTaskAsync(change: request => request with { BaseRef = "main", Model = "m" });

        task.State.Should().Be(CodingAgentState.Queued);
        using var body = JsonDocument.Parse(fixture.GitHub.Requests.Single().Body);
        body.RootElement.EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo("problem_statement", "event_type", "create_pull_request", "base_ref", "model");
        body.RootElement.GetProperty("event_type").GetString().Should().Be("triage");
    }

    [Fact]
    public async Task An_address_of_the_agents_own_has_the_tasks_and_pull_requests_stay_with_GitHub()
    {
        await using var fixture = await CopilotFixture.StartAsync(isElsewhere: true);
        fixture.GitHub.Repository("acme/api").OpenPullRequest(7, "elsewhere");

        var started = await fixture.StartTaskAsync();
        fixture.AgentHost!.CopilotTasks.Single().Complete(7);
        var read = await fixture.GetAsync(started.Id);

        fixture.AgentHost.Requests.Should().OnlyContain(request => request.Path.StartsWith("/agents/") && request.Bears(ClientSetup.Token)).And.HaveCount(2);
        fixture.GitHub.Requests.Should().ContainSingle().Which.Path.Should().Be("/graphql");
        read.PullRequest!.Number.Should().Be(7);
        read.WebUrl!.Host.Should().Be("github.com");
    }

    [Fact]
    public async Task The_credential_does_not_leave_the_agents_address()
    {
        await using var stranger = await FakeGitHub.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var fixture = await CopilotFixture.StartAsync(isElsewhere: true);
        fixture.AgentHost!.When(HttpMethod.Get, CopilotFixture.OneTask).Answer(Answers.Redirect($"{stranger.Address}agents/tasks/1", 307));
        fixture.AgentHost.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(Answers.Json(200, """{"tasks":[]}""").WithHeader("Link", $"<{stranger.Address}agents/tasks?page=2>; rel=\"next\""));

        await FluentActions.Awaiting(() => fixture.GetAsync("acme:api:1")).Should().ThrowAsync<ScmOriginBlockedException>();
        await FluentActions.Awaiting(() => fixture.ListAsync(Requests.Api)).Should().ThrowAsync<ScmOriginBlockedException>();

        stranger.Requests.Should().BeEmpty();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_limit_at_the_agents_address_is_none_at_GitHubs()
    {
        await using var fixture = await CopilotFixture.StartAsync(isElsewhere: true);
        fixture.AgentHost!.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));

        await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmRateLimitException>();

        await fixture.Line.GetApiAsync();
        await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmRateLimitException>();
        fixture.AgentHost.Requests.Should().HaveCount(2, "of each launch its own answer decides");
        await FluentActions.Awaiting(() => fixture.ListAsync()).Should().ThrowAsync<ScmRateLimitException>();
        fixture.AgentHost.Requests.Should().HaveCount(2, "the gate is closed there");
    }

    [Fact]
    public async Task A_limit_of_GitHubs_own_address_is_shared()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));

        await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmRateLimitException>();

        await FluentActions.Awaiting(() => fixture.Line.GetApiAsync()).Should().ThrowAsync<ScmRateLimitException>();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("cut")]
    [InlineData("no id")]
    [InlineData("page")]
    [InlineData("500")]
    public async Task A_launch_whose_answer_is_lost_is_found_by_its_mark(string what)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.AddCopilotTask("acme/api", "another's");
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Once().Answer(what switch
        {
            "reset" => Answers.Real().ResetAfter(5),
            "cut" => Answers.Real().CutAfter(5),

            // These leave the real answer out, so the task is put in place by the test.
            "no id" => Answers.Json(201, """{"state":"queued"}"""),
            "page" => Answers.Html200(),
            _ => Answers.ServerError(500),
        });
        var isStarted = what is "reset" or "cut";

        var task = await fixture.StartTaskAsync();

        var own = fixture.GitHub.CopilotTasks.Where(one => one.Prompt.StartsWith("Fix it", StringComparison.Ordinal)).Should().ContainSingle().Subject;
        task.Id.Should().Be($"acme:api:{own.Id}");
        task.WasStartedBefore.Should().Be(isStarted);
        fixture.GitHub.Requests.Count(request => request.Method == HttpMethod.Post).Should().Be(isStarted ? 1 : 2, "what started nothing is sent once more");
    }

    [Fact]
    public async Task A_launch_that_cannot_be_looked_after_stays_ambiguous()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(Answers.Reset());
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(Answers.CopilotNotEnabled());

        (await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmAmbiguousWriteException>()).Which.Error.Rule.Should().Be("63");

        fixture.GitHub.Requests.Count(request => request.Method == HttpMethod.Post).Should().Be(1);
    }

    [Fact]
    public async Task A_repeated_key_starts_one_task_and_another_key_another()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        var first = await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" });
        fixture.Line.Time.Advance(TimeSpan.FromHours(23));
        var again = await fixture.StartTaskAsync("Other words", request => request with { IdempotencyKey = "a" });
        var other = await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "b" });

        (again.Id, again.WasStartedBefore).Should().Be((first.Id, true));
        other.Id.Should().NotBe(first.Id);
        fixture.GitHub.CopilotTasks.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_look_for_an_earlier_launch_is_bounded()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            fixture.GitHub.AddCopilotTask("acme/api", "another's");
        }

        await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" });

        fixture.GitHub.Requests.Count(request => request.Fits(HttpMethod.Get, CopilotFixture.Tasks)).Should().Be(2, "120 tasks are two pages");
        fixture.GitHub.Requests.Count(request => request.Fits(HttpMethod.Get, CopilotFixture.OneTask)).Should().Be(100);
    }

    [Fact]
    public async Task A_mark_on_a_later_page_is_found()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.PageSize = 2);
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(Answers.Custom((context, _) =>
        {
            fixture.GitHub.AddCopilotTask("acme/api", SentPrompt(fixture), id: "own");
            fixture.Line.Time.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 7; i++)
            {
                fixture.GitHub.AddCopilotTask("acme/api", "another's");
            }

            context.Abort();
            return Task.CompletedTask;
        }));

        (await fixture.StartTaskAsync()).Should().BeEquivalentTo(new { Id = "acme:api:own", WasStartedBefore = true });
    }

    [Theory]
    [InlineData("""{"id":"x","state":"queued","prompt":"MARK"}""")]
    [InlineData("""{"id":"x","state":"queued","problem_statement":"MARK","sessions":null}""")]
    [InlineData("""{"id":"x","state":"queued","created_at":"2020-01-01T00:00:00Z","sessions":[{"prompt":"MARK"}]}""")]
    public async Task A_mark_is_found_wherever_the_prompt_stands(string wire)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(Answers.Reset());
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(Answers.Json(200, """{"tasks":[{"id":"x","state":"queued","created_at":"2020-01-01T00:00:00Z"}]}"""));
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.OneTask).Answer(Answers.Custom(async (context, token) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(wire.Replace("MARK", JsonEncodedText.Encode(SentPrompt(fixture)).ToString(), StringComparison.Ordinal)), token);
        }));

        (await fixture.StartTaskAsync()).Should().BeEquivalentTo(new { Id = "acme:api:x", WasStartedBefore = true });

        fixture.GitHub.Requests.Count(request => request.Method == HttpMethod.Post).Should().Be(1);
    }

    [Theory]
    [InlineData("shows no prompt")]
    [InlineData("is not there by its id")]
    public async Task A_young_task_of_which_nobody_can_tell_keeps_the_launch_from_being_sent_again(string what)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(Answers.Real().ResetAfter(5));
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.OneTask).Answer(what is "shows no prompt" ? Answers.Json(200, """{"id":"x","state":"queued","sessions":[]}""") : Answers.NotFound());

        await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmAmbiguousWriteException>();
        await FluentActions.Awaiting(() => fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" })).Should().ThrowAsync<ScmAmbiguousWriteException>();

        fixture.GitHub.CopilotTasks.Should().ContainSingle();
    }

    [Fact]
    public async Task A_list_whose_sessions_have_no_prompts_is_read_task_by_task()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var first = await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" });
        var id = fixture.GitHub.CopilotTasks[0].Id;
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(Answers.Json(200, $$"""{"tasks":[{"id":"{{id}}","sessions":[{"id":"s"}]}]}"""));

        (await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" })).Id.Should().Be(first.Id);
    }

    [Fact]
    public async Task A_list_that_holds_the_prompts_is_enough()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var first = await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" });
        var kept = fixture.GitHub.CopilotTasks[0];
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(
            Answers.Json(200, $$"""{"tasks":[{"id":"other","sessions":[{"prompt":"p"}]},{"id":"{{kept.Id}}","sessions":[{"prompt":"sanitised {{kept.Prompt[^68..^4]}}"}]}]}"""));

        (await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" })).Id.Should().Be(first.Id);
        fixture.GitHub.Requests.Should().NotContain(request => request.Fits(HttpMethod.Get, CopilotFixture.OneTask));
    }

    [Fact]
    public async Task An_old_task_that_is_gone_while_it_is_looked_for_is_passed_over()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        var old = fixture.GitHub.AddCopilotTask("acme/api", "another's", id: "gone");
        fixture.Line.Time.Advance(TimeSpan.FromDays(2));
        old.Complete();
        fixture.GitHub.When(request => request.Path.EndsWith("/tasks/gone", StringComparison.Ordinal)).Answer(Answers.NotFound());

        (await fixture.StartTaskAsync(change: request => request with { IdempotencyKey = "a" })).WasStartedBefore.Should().BeFalse();
    }

    [Fact]
    public async Task A_launch_may_take_a_minute_and_no_longer()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Once().Answer(Answers.Stall());

        var start = fixture.StartTaskAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Line.Time.Advance(TimeSpan.FromSeconds(59));
        start.IsCompleted.Should().BeFalse();
        fixture.Line.Time.Advance(TimeSpan.FromSeconds(1));

        (await start).State.Should().Be(CodingAgentState.Queued, "nothing was started, so it is sent again");
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_cut_with_a_warning_or_refused()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        var task = await fixture.StartTaskAsync(new string('x', 40_000));
        await FluentActions.Awaiting(() => fixture.StartTaskAsync(new string('x', 40_000), request => request with { PromptOverflow = PromptOverflow.Refuse }))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*40000*30000*");

        task.Warnings.Should().ContainSingle().Which.Should().Contain("29900").And.Contain("30000");
        fixture.GitHub.CopilotTasks.Should().ContainSingle().Which.Prompt.Should().StartWith(new string('x', 29_900) + "\n\n<!--");
    }

    [Fact]
    public async Task What_the_agent_cannot_do_is_not_sent()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        fixture.Agent.Features.Should().Be(CodingAgentFeatures.None);
        await FluentActions.Awaiting(() => fixture.Agent.CancelAsync("acme:api:1")).Should().ThrowAsync<NotSupportedException>();
        await FluentActions.Awaiting(() => fixture.Agent.FollowUpAsync("acme:api:1", "more")).Should().ThrowAsync<NotSupportedException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    private static string SentPrompt(CopilotFixture fixture)
    {
        using var body = JsonDocument.Parse(fixture.GitHub.Requests.Last(request => request.Method == HttpMethod.Post).Body);
        return body.RootElement.GetProperty("prompt").GetString()!;
    }
}
