using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests;

/// <summary>Copilot's tasks as a client meets them.</summary>
public sealed class CopilotTests : IAsyncLifetime
{
    private const string Tasks = "agents/repos/acme/api/tasks";

    private readonly ManualTimeProvider _time = new();
    private FakeGitHub _fake = null!;
    private HttpClient _client = null!;

    public static TheoryData<string, Answer, int, string> Refusals => new()
    {
        { "license", Answers.CopilotNotLicensed(), 403, "not licensed" },
        { "quota", Answers.CopilotInsufficientQuota(), 412, "insufficient premium quota to create assignment" },
        { "switched off", Answers.CopilotNotEnabled(), 403, "not enabled for this repository" },
        { "plan", Answers.PlanRequired(), 403, "Upgrade to GitHub" },
        { "user suspended", Answers.UserSuspended(), 403, "account was suspended" },
    };

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(options => options.TimeProvider = _time, Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api");
        _fake.AddRepository("acme/web");
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task A_task_is_started_and_read()
    {
        using var started = await PostAsync("""{"prompt":"Fix it","base_ref":"main","head_ref":"fix","model":"m","custom_agent":"mine","create_pull_request":true,"unheard_of":1}""");
        var task = await started.ReadJsonAsync();
        var kept = _fake.CopilotTasks.Should().ContainSingle().Subject;

        started.StatusCode.Should().Be(HttpStatusCode.Created);
        task.GetProperty("id").GetString().Should().Be(kept.Id);
        task.GetProperty("state").GetString().Should().Be("queued");
        task.GetProperty("artifacts").GetArrayLength().Should().Be(0);
        task.TryGetProperty("sessions", out _).Should().BeFalse("only reading one task gives its sessions");
        (kept.Prompt, kept.BaseRef, kept.RequestedHeadRef, kept.Model, kept.CustomAgent, kept.CreatePullRequest, kept.CreatorLogin).Should().Be(("Fix it", "main", "fix", "m", "mine", true, "octocat"));
        var session = (await _client.GetJsonAsync($"{Tasks}/{kept.Id}")).GetProperty("sessions")[0];
        (session.GetProperty("prompt").GetString(), session.GetProperty("state").GetString(), session.GetProperty("error").ValueKind).Should().Be(("Fix it", "queued", JsonValueKind.Null));
        (await _client.GetJsonAsync($"agents/tasks/{kept.Id}")).GetProperty("id").GetString().Should().Be(kept.Id);
    }

    [Fact]
    public async Task No_pull_request_is_wanted_unless_it_is_asked_for_as_the_body_is_whose()
    {
        (await PostAsync("""{"prompt":"p"}""")).Dispose();
        (await PostAsync("""{"problem_statement":"p","event_type":"x"}""")).Dispose();
        (await PostAsync("""{"problem_statement":"p","create_pull_request":false}""")).Dispose();

        _fake.CopilotTasks.Select(task => task.CreatePullRequest).Should().Equal(false, true, false);
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("""{"prompt":""}""", 422)]
    [InlineData("""{"prompt":null}""", 422)]
    [InlineData("""{"prompt":5}""", 422)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    public async Task A_body_without_a_prompt_is_refused(string body, int status)
    {
        using var refused = await PostAsync(body);

        ((int)refused.StatusCode).Should().Be(status);
        (await refused.ReadJsonAsync()).Message().Should().NotBeEmpty();
        _fake.CopilotTasks.Should().BeEmpty();
    }

    [Fact]
    public async Task Only_a_users_token_is_let_in()
    {
        var installation = _fake.AddInstallation(_fake.AddApp(1, "Iv1"), 7, "acme");
        using var byInstallation = _fake.CreateClient(_fake.MintToken(installation));
        using var byNobody = _fake.CreateClient();
        using var byApp = _fake.CreateClient(installation.App.CreateJsonWebToken());
        foreach (var path in new[] { Tasks, $"{Tasks}/1", "agents/tasks", "agents/tasks/1" })
        {
            using var refused = await byInstallation.GetAsync(path, Http.Cancellation);
            refused.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
            (await refused.ReadJsonAsync()).Message().Should().Be("Resource not accessible by integration");
            using var anonymous = await byNobody.GetAsync(path, Http.Cancellation);
            anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
            using var app = await byApp.GetAsync(path, Http.Cancellation);
            app.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
        }

        using var started = await byInstallation.PostAsJsonAsync(Tasks, new { prompt = "p" }, Http.Cancellation);
        started.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        _fake.CopilotTasks.Should().BeEmpty();
    }

    [Fact]
    public async Task Even_a_server_that_lets_anybody_in_has_no_tasks_for_nobody()
    {
        await using var open = await FakeGitHub.StartAsync(options => options.RequireCredentials = false, Http.Cancellation);
        using var client = open.CreateClient();

        using var refused = await client.GetAsync("agents/tasks", Http.Cancellation);

        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_state_moves_when_the_test_says_so()
    {
        var task = _fake.AddCopilotTask("acme/api", "p");
        foreach (var (move, state) in new (Func<FakeCopilotTask>, string)[]
        {
            (task.Start, "in_progress"), (task.WaitForUser, "waiting_for_user"), (task.Idle, "idle"), (task.TimeOut, "timed_out"),
            (task.Cancel, "cancelled"), (() => task.Complete(), "completed"), (() => task.Fail("Out of ideas"), "failed"), (() => task.SetRawState("brand_new"), "brand_new"),
        })
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            move();

            var read = await _client.GetJsonAsync($"{Tasks}/{task.Id}");
            read.GetProperty("state").GetString().Should().Be(state);
            read.GetProperty("updated_at").GetDateTimeOffset().Should().Be(_time.GetUtcNow());
        }
    }

    [Fact]
    public async Task A_failure_is_told_by_its_newest_session()
    {
        var task = _fake.AddCopilotTask("acme/api", "first").Complete();
        task.AddSession("second").Fail("Out of ideas");

        var sessions = (await _client.GetJsonAsync($"{Tasks}/{task.Id}")).GetProperty("sessions");

        sessions.GetArrayLength().Should().Be(2);
        sessions[0].GetProperty("error").ValueKind.Should().Be(JsonValueKind.Null);
        sessions[1].GetProperty("error").GetProperty("message").GetString().Should().Be("Out of ideas");
    }

    [Fact]
    public async Task A_pull_request_is_an_artifact_that_GraphQL_and_the_list_of_its_branch_resolve()
    {
        var task = _fake.AddCopilotTask("acme/api", "p").Complete(pullRequestNumber: 7, title: "Fixed");
        var artifacts = (await _client.GetJsonAsync($"{Tasks}/{task.Id}")).GetProperty("artifacts");
        var pull = artifacts.EnumerateArray().Single(one => one.GetProperty("type").GetString() is "pull").GetProperty("data");
        var branch = artifacts.EnumerateArray().Single(one => one.GetProperty("type").GetString() is "branch").GetProperty("data").GetProperty("head_ref").GetString();

        pull.GetProperty("id").GetInt64().Should().NotBe(7, "the id of an artifact is no pull request's number");
        using var answered = await _client.PostAsJsonAsync("graphql", new { query = "query($id: ID!) { node(id: $id) { ... on PullRequest { number title url state } } }", variables = new { id = pull.GetProperty("global_id").GetString() } }, Http.Cancellation);
        var node = (await answered.ReadJsonAsync()).GetProperty("data").GetProperty("node");
        (node.GetProperty("number").GetInt32(), node.GetProperty("title").GetString(), node.GetProperty("url").GetString(), node.GetProperty("state").GetString())
            .Should().Be((7, "Fixed", "https://github.com/acme/api/pull/7", "OPEN"));

        _fake.Repository("acme/api").OpenPullRequest(8, "other").State = "closed";
        var byHead = await _client.GetJsonAsync($"repos/acme/api/pulls?head=acme:{Uri.EscapeDataString(branch!)}&state=all");
        byHead.EnumerateArray().Should().ContainSingle().Which.GetProperty("number").GetInt32().Should().Be(7);
        (await _client.GetJsonAsync("repos/acme/api/pulls?head=other&state=all")).GetArrayLength().Should().Be(2, "a head without an owner is ignored");
        (await _client.GetJsonAsync("repos/acme/api/pulls?state=closed")).EnumerateArray().Should().ContainSingle().Which.GetProperty("number").GetInt32().Should().Be(8);
        (await _client.GetJsonAsync("repos/acme/api/pulls/7")).GetProperty("html_url").GetString().Should().Be("https://github.com/acme/api/pull/7");
    }

    [Fact]
    public async Task An_id_that_is_nobodys_is_an_error_in_a_200()
    {
        using var answered = await _client.PostAsJsonAsync("graphql", new { query = "query($id: ID!) { node(id: $id) { id } }", variables = new { id = "PR_x" } }, Http.Cancellation);
        var body = await answered.ReadJsonAsync();

        answered.StatusCode.Should().Be(HttpStatusCode.OK);
        body.GetProperty("data").GetProperty("node").ValueKind.Should().Be(JsonValueKind.Null);
        body.GetProperty("errors")[0].GetProperty("type").GetString().Should().Be("NOT_FOUND");
    }

    [Fact]
    public async Task The_older_generation_says_the_same_otherwise()
    {
        _fake.CopilotWire = CopilotWire.Older with { EmptiesGlobalId = true, NullsArtifacts = true };
        using var started = await PostAsync("""{"problem_statement":"p"}""");
        var empty = (await started.ReadJsonAsync()).GetProperty("task");
        var task = _fake.CopilotTasks[0].Complete(3);

        empty.GetProperty("artifacts").ValueKind.Should().Be(JsonValueKind.Null);
        var read = (await _client.GetJsonAsync($"{Tasks}/{task.Id}")).GetProperty("task");
        read.GetProperty("status").GetString().Should().Be("completed");
        read.TryGetProperty("state", out _).Should().BeFalse();
        read.TryGetProperty("created_at", out _).Should().BeFalse();
        read.GetProperty("last_updated_at").GetDateTimeOffset().Should().Be(_time.GetUtcNow());
        read.GetProperty("repository_id").GetInt64().Should().Be(_fake.Repository("acme/api").Id);
        read.GetProperty("artifacts")[0].GetProperty("data").GetProperty("global_id").GetString().Should().BeEmpty();
    }

    [Fact]
    public async Task A_list_is_paged_sorted_and_filtered()
    {
        for (var i = 1; i <= 5; i++)
        {
            _fake.AddCopilotTask("acme/api", $"p{i}", id: i.ToString(CultureInfo.InvariantCulture));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _fake.AddCopilotTask("acme/web", "elsewhere", login: "hubot", id: "6");
        _fake.CopilotTask("1").Fail();
        using var first = await _client.GetAsync($"{Tasks}?per_page=2", Http.Cancellation);

        Ids(await first.ReadJsonAsync()).Should().Equal(["1", "5"], "the newest change comes first");
        first.Header("Link").Should().Contain("page=2>; rel=\"next\"").And.Contain("page=3>; rel=\"last\"");
        Ids(await _client.GetJsonAsync($"{Tasks}?per_page=2&page=3")).Should().Equal("2");
        Ids(await _client.GetJsonAsync($"{Tasks}?sort=created_at")).Should().Equal("5", "4", "3", "2", "1");
        Ids(await _client.GetJsonAsync($"{Tasks}?sort=created_at&direction=asc")).Should().Equal("1", "2", "3", "4", "5");
        Ids(await _client.GetJsonAsync($"{Tasks}?state=failed,completed")).Should().Equal("1");
        Ids(await _client.GetJsonAsync($"{Tasks}?since={_time.GetUtcNow().AddMinutes(-2):yyyy-MM-ddTHH:mm:ssZ}&sort=created_at")).Should().Equal("5", "4", "1");
        Ids(await _client.GetJsonAsync("agents/tasks")).Should().BeEquivalentTo("1", "2", "3", "4", "5");
        Ids(await _client.GetJsonAsync("agents/repos/acme/web/tasks")).Should().Equal("6");
        using var hidden = await _client.GetAsync($"{Tasks}/6", Http.Cancellation);
        hidden.StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var anothers = await _client.GetAsync("agents/tasks/6", Http.Cancellation);
        anothers.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_launch_is_refused_in_GitHubs_words(string what, Answer answer, int status, string words)
    {
        _fake.When(HttpMethod.Post, "/agents/repos/{owner}/{repo}/tasks").Answer(answer);

        using var refused = await PostAsync("""{"prompt":"p"}""");

        ((int)refused.StatusCode).Should().Be(status, what);
        (await refused.ReadJsonAsync()).Message().Should().Contain(words);
        _fake.CopilotTasks.Should().BeEmpty();
    }

    [Fact]
    public async Task A_repository_that_is_not_there_has_no_tasks()
    {
        using var refused = await _client.PostAsJsonAsync("agents/repos/acme/none/tasks", new { prompt = "p" }, Http.Cancellation);

        refused.StatusCode.Should().Be(HttpStatusCode.NotFound);
        FluentActions.Invoking(() => _fake.CopilotTask("none")).Should().Throw<KeyNotFoundException>();
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("id").GetString());

    private Task<HttpResponseMessage> PostAsync(string body) => _client.PostAsync(Tasks, new StringContent(body), Http.Cancellation);
}
