namespace ScmIntegrations.Testing.Tests.Cursor;

/// <summary>The current API: agents and their runs.</summary>
public sealed class CursorAgentTests
{
    private const string Id = "bc-6f1c1a2e-0c1d-4f7e-9a51-2f3b4c5d6e7f";

    private static string Launch(string? id = Id, string repository = "https://github.com/acme/api", string? model = null) =>
        $$"""{"prompt":{"text":"Fix it."},"repos":[{"url":"{{repository}}","startingRef":"main"}],"autoCreatePR":true{{(id is null ? "" : $",\"agentId\":\"{id}\"")}}{{(model is null ? "" : $",\"model\":{{\"id\":\"{model}\"}}")}}}""";

    [Fact]
    public async Task A_launch_gives_the_agent_and_its_first_run()
    {
        await using var one = await CursorFixture.StartAsync();

        var (status, body) = await one.PostAsync("v1/agents", Launch());

        status.Should().Be(201);
        var (agent, run) = (body.GetProperty("agent"), body.GetProperty("run"));
        agent.GetProperty("id").GetString().Should().Be(Id);
        agent.GetProperty("status").GetString().Should().Be("ACTIVE");
        agent.GetProperty("repos")[0].GetProperty("url").GetString().Should().Be("https://github.com/acme/api");
        agent.GetProperty("latestRunId").GetString().Should().Be(run.GetProperty("id").GetString());
        run.GetProperty("status").GetString().Should().Be("CREATING");
        one.Cursor.Agent(Id).Should().Match<FakeCursorAgent>(kept => kept.Repository == "acme/api" && kept.Ref == "main" && kept.AutoCreatePullRequest);
    }

    [Fact]
    public async Task An_id_is_used_once()
    {
        await using var one = await CursorFixture.StartAsync();
        await one.PostAsync("v1/agents", Launch());

        var (status, body) = await one.PostAsync("v1/agents", Launch(repository: "https://github.com/acme/web"));

        (status, CursorFixture.Code(body)).Should().Be((409, "agent_id_conflict"));
        one.Cursor.Agents.Should().ContainSingle();
    }

    [Theory]
    [InlineData("", "missing_body")]
    [InlineData("[]", "missing_body")]
    [InlineData("{}", "validation_error")]
    [InlineData("""{"prompt":{"text":" "},"repos":[{"url":"https://github.com/acme/api"}]}""", "validation_error")]
    [InlineData("""{"prompt":{"text":"a"}}""", "validation_error")]
    [InlineData("""{"prompt":{"text":"a"},"repos":[{"url":"https://example.com/acme/api"}]}""", "validation_error")]
    [InlineData("""{"prompt":{"text":"a"},"repos":[{"url":"https://github.com/acme/api"}],"agentId":"mine"}""", "validation_error")]
    public async Task A_launch_that_is_none_is_refused(string json, string code)
    {
        await using var one = await CursorFixture.StartAsync();

        var (status, body) = await one.PostAsync("v1/agents", json);

        (status, CursorFixture.Code(body)).Should().Be((400, code));
        one.Cursor.Agents.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_model_and_a_hidden_repository_are_refused_in_cursors_words()
    {
        await using var one = await CursorFixture.StartAsync(options => options.Models = ["gpt-5.5"]);
        one.Cursor.HideRepository("acme/secret");

        var (modelStatus, model) = await one.PostAsync("v1/agents", Launch(model: "gone-1"));
        var (hiddenStatus, hidden) = await one.PostAsync("v1/agents", Launch(repository: "https://github.com/acme/secret"));

        modelStatus.Should().Be(400);
        model.GetProperty("error").GetProperty("message").GetString().Should().StartWith("Model 'gone-1' ");
        hiddenStatus.Should().Be(400);
        hidden.GetProperty("error").GetProperty("message").GetString().Should().StartWith("Failed to verify existence of branch");
        (await one.PostAsync("v1/agents", Launch(model: "gpt-5.5"))).Status.Should().Be(201);
    }

    [Fact]
    public async Task A_list_ends_without_a_cursor()
    {
        await using var one = await CursorFixture.StartAsync();
        var agents = Enumerable.Range(0, 5).Select(_ => one.Cursor.AddAgent("acme/api")).ToList();

        var (_, first) = await one.GetAsync("v1/agents?limit=3");
        var (_, second) = await one.GetAsync($"v1/agents?limit=3&cursor={first.GetProperty("nextCursor").GetString()}");

        Ids(first).Concat(Ids(second)).Should().Equal(agents.Select(agent => agent.Id).Reverse());
        second.TryGetProperty("nextCursor", out _).Should().BeFalse();
        first.GetProperty("items")[0].TryGetProperty("repos", out _).Should().BeFalse("a list has the identity alone");
        (await one.GetAsync("v1/agents?limit=101")).Status.Should().Be(400);
        (await one.GetAsync("v1/agents?cursor=nobody")).Status.Should().Be(400);

        static IEnumerable<string?> Ids(System.Text.Json.JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_test_moves_the_run()
    {
        await using var one = await CursorFixture.StartAsync();
        var agent = one.Cursor.AddAgent("acme/api");
        async Task<string?> StatusAsync() => (await one.GetAsync($"v1/agents/{agent.Id}/runs/{agent.LatestRun.Id}")).Body.GetProperty("status").GetString();

        (await StatusAsync()).Should().Be("CREATING");
        agent.Run();
        (await StatusAsync()).Should().Be("RUNNING");
        agent.SetRawStatus("NEW_STATUS");
        (await StatusAsync()).Should().Be("NEW_STATUS");
        agent.Expire();
        (await StatusAsync()).Should().Be("EXPIRED");
        agent.Fail("No.");
        (await StatusAsync()).Should().Be("ERROR");
        agent.Finish(pullRequestNumber: 7);

        var (_, run) = await one.GetAsync($"v1/agents/{agent.Id}/runs/{agent.LatestRun.Id}");
        run.GetProperty("status").GetString().Should().Be("FINISHED");
        var branch = run.GetProperty("git").GetProperty("branches")[0];
        branch.GetProperty("repoUrl").GetString().Should().Be("github.com/acme/api", "it has no scheme here");
        branch.GetProperty("prUrl").GetString().Should().Be("https://github.com/acme/api/pull/7");
        (await one.GetAsync($"v1/agents/{agent.Id}")).Body.GetProperty("status").GetString().Should().Be("IDLE");
    }

    [Fact]
    public async Task One_run_at_a_time()
    {
        await using var one = await CursorFixture.StartAsync();
        var agent = one.Cursor.AddAgent("acme/api");
        var (runs, prompt) = ($"v1/agents/{agent.Id}/runs", """{"prompt":{"text":"More."}}""");

        (await one.PostAsync(runs, prompt)).Should().Match<(int Status, System.Text.Json.JsonElement Body)>(answer => answer.Status == 409 && CursorFixture.Code(answer.Body) == "agent_busy");
        (await one.PostAsync($"{runs}/{agent.LatestRun.Id}/cancel")).Status.Should().Be(200);
        agent.LatestRun.Status.Should().Be("CANCELLED");
        (await one.PostAsync($"{runs}/{agent.LatestRun.Id}/cancel")).Should().Match<(int Status, System.Text.Json.JsonElement Body)>(answer => answer.Status == 409 && CursorFixture.Code(answer.Body) == "run_not_cancellable");
        (await one.PostAsync(runs, prompt)).Status.Should().Be(201);
        agent.Runs.Should().HaveCount(2);
        (await one.GetAsync(runs)).Body.GetProperty("items")[0].GetProperty("id").GetString().Should().Be(agent.LatestRun.Id, "the newest stands first");
    }

    [Fact]
    public async Task An_archived_agent_takes_no_run_and_a_deleted_one_is_gone()
    {
        await using var one = await CursorFixture.StartAsync();
        var agent = one.Cursor.AddAgent("acme/api");
        agent.Finish();

        (await one.PostAsync($"v1/agents/{agent.Id}/archive")).Status.Should().Be(200);
        (await one.PostAsync($"v1/agents/{agent.Id}/archive")).Status.Should().Be(200, "it is idempotent");
        CursorFixture.Code((await one.PostAsync($"v1/agents/{agent.Id}/runs", """{"prompt":{"text":"More."}}""")).Body).Should().Be("agent_archived");
        (await one.GetAsync("v1/agents?includeArchived=false")).Body.GetProperty("items").GetArrayLength().Should().Be(0);
        (await one.PostAsync($"v1/agents/{agent.Id}/unarchive")).Status.Should().Be(200);
        (await one.SendAsync(HttpMethod.Delete, $"v1/agents/{agent.Id}")).Status.Should().Be(200);
        CursorFixture.Code((await one.GetAsync($"v1/agents/{agent.Id}")).Body).Should().Be("agent_not_found");
        CursorFixture.Code((await one.GetAsync($"v1/agents/{one.Cursor.AddAgent("acme/api").Id}/runs/none")).Body).Should().Be("run_not_found");
    }
}
