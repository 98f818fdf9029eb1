using System.Net;
using System.Text.Json;
using ScmIntegrations.AgentDesk.Tests.Running;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;

namespace ScmIntegrations.AgentDesk.Tests.Api;

public sealed class LaunchTests
{
    private static readonly string[] Everywhere =
    [
        "acme/storefront", "acme/payments", "acme/reports", "acme/identity", "acme/mobile", "acme/legacy",
        "globex/warehouse", "globex/pricing", "initech/timesheets", "octavia/dotfiles",
    ];

    [Theory]
    [InlineData("globex/warehouse", 202, "https://github.com/organizations/globex/settings/installations/202/permissions/update")]
    [InlineData("initech/timesheets", 303, "https://github.com/organizations/initech/settings/installations/303/permissions/update")]
    [InlineData("octavia/dotfiles", 404, "https://github.com/settings/installations/404/permissions/update")]
    public async Task A_missing_permission_comes_with_the_installation_and_the_page_that_grants_it(string repository, long installation, string fix)
    {
        await using var desk = await DeskServer.StartAsync();
        var (status, answer) = await desk.Http.LaunchAsync(Order("github_copilot", repository));
        status.Should().Be(HttpStatusCode.OK);
        var failure = answer.Failure(repository);
        failure.Text("failure_type").Should().Be("github_app_permissions");
        failure.GetProperty("github_installation_id").GetInt64().Should().Be(installation);
        failure.Text("fix_url").Should().Be(fix);
        failure.GetProperty("missing_permissions").EnumerateArray().Select(one => one.GetString()).Should().Equal("contents=write");
        failure.Text("error_message").Should().Contain(repository).And.Contain("contents:write");
    }

    [Theory]
    [InlineData("github_copilot", "acme/reports", "github_copilot_insufficient_quota", "https://github.com/settings/copilot", false)]
    [InlineData("github_copilot", "acme/mobile", "github_copilot_not_licensed", "https://github.com/settings/copilot", false)]
    [InlineData("github_copilot", "acme/identity", "generic", "https://github.com/orgs/acme/sso?authorization_request=demonstration", false)]
    [InlineData("cursor", "acme/legacy", "cursor_github_access", "https://github.com/apps/cursor", false)]
    [InlineData("cursor", "acme/reports", "rate_limited", null, true)]
    public async Task Every_other_failure_has_its_type_and_its_cure(string agent, string repository, string type, string? fix, bool hasTime)
    {
        await using var desk = await DeskServer.StartAsync();
        var (_, answer) = await desk.Http.LaunchAsync(Order(agent, "acme/storefront", repository));
        answer.GetProperty("launched_count").GetInt32().Should().Be(1);
        var failure = answer.Failure(repository);
        failure.Text("failure_type").Should().Be(type);
        failure.Text("fix_url").Should().Be(fix);
        failure.TryGetProperty("retry_at", out _).Should().Be(hasTime);
    }

    [Theory]
    [InlineData("github_copilot", 3)]
    [InlineData("cursor", 8)]
    public async Task The_answer_is_the_librarys_report_and_every_repository_is_in_it(string agent, int launched)
    {
        await using var desk = await DeskServer.StartAsync();
        var (_, answer) = await desk.Http.LaunchAsync(Order(agent, Everywhere));
        var report = CodingAgentLaunchReport.Parse(answer.GetRawText());
        report.Success.Should().BeTrue();
        report.LaunchedCount.Should().Be(launched);
        report.FailedCount.Should().Be(Everywhere.Length - launched);
        report.Failures.Count(failure => failure.FailureType is LaunchFailureType.GitHubAppPermissions).Should().Be(agent is "cursor" ? 0 : 4);
        answer.GetProperty("tasks").EnumerateArray().Select(task => task.Text("repository")).Concat(report.Failures.Select(failure => failure.RepoName)).Should().BeEquivalentTo(Everywhere);
        answer.GetProperty("tasks").EnumerateArray().Should().OnlyContain(task => task.Text("state") == "queued");
        desk.World.Started.Should().Be(launched);
    }

    [Theory]
    [InlineData("github_copilot")]
    [InlineData("cursor")]
    public async Task The_same_key_sent_twice_starts_nothing_twice(string agent)
    {
        await using var desk = await DeskServer.StartAsync();
        var order = new { agent, prompt = "Do it.", repositories = new[] { "acme/storefront", "acme/payments" }, key = "5f1c-once" };
        var (_, first) = await desk.Http.LaunchAsync(order);
        var (_, second) = await desk.Http.LaunchAsync(order);
        second.GetProperty("launched_count").GetInt32().Should().Be(2);
        second.Text("key").Should().Be("5f1c-once");
        Ids(second).Should().BeEquivalentTo(Ids(first));
        desk.World.Started.Should().Be(2);
    }

    [Fact]
    public async Task All_failed_is_an_answer_too()
    {
        await using var desk = await DeskServer.StartAsync();
        var (status, answer) = await desk.Http.LaunchAsync(Order("github_copilot", "globex/pricing"));
        status.Should().Be(HttpStatusCode.OK);
        answer.GetProperty("success").GetBoolean().Should().BeFalse();
        answer.GetProperty("tasks").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("""{"agent":"jules","prompt":"x","repositories":["acme/storefront"]}""", "agent")]
    [InlineData("""{"prompt":"x","repositories":["acme/storefront"]}""", "agent")]
    [InlineData("""{"agent":"cursor","prompt":" ","repositories":["acme/storefront"]}""", "prompt")]
    [InlineData("""{"agent":"cursor","repositories":["acme/storefront"]}""", "prompt")]
    [InlineData("""{"agent":"cursor","prompt":"x","repositories":[]}""", "repositories")]
    [InlineData("""{"agent":"cursor","prompt":"x"}""", "repositories")]
    [InlineData("""{"agent":"cursor","prompt":"x","repositories":["acme/../globex"]}""", "repositories")]
    [InlineData("""{"agent":"cursor","prompt":"x","repositories":[null]}""", "repositories")]
    [InlineData("""{"agent":"cursor","prompt":"x","repositories":["acme/storefront"],"key":""}""", "key")]
    [InlineData("""{"agent":"cursor","prompt":"x","repositories":["acme/storefront"],"key":"a/b"}""", "key")]
    public async Task An_order_that_cannot_be_carried_out_is_refused_by_field(string body, string field)
    {
        await using var desk = await DeskServer.StartAsync();
        using var message = Json.Post(body, "application/json");
        using var response = await desk.Http.SendAsync(message, TestContext.Current.CancellationToken);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        problem.GetProperty("errors").EnumerateObject().Select(one => one.Name).Should().Equal(field);
        desk.World.Started.Should().Be(0);
    }

    [Theory]
    [InlineData(10_000, 1, true)]
    [InlineData(10_001, 1, false)]
    [InlineData(1, 51, false)]
    public async Task Prompts_and_lists_have_an_end(int promptLength, int repositories, bool isTaken)
    {
        await using var desk = await DeskServer.StartAsync();
        var names = repositories is 1 ? ["acme/storefront"] : Enumerable.Range(0, repositories).Select(i => $"acme/r{i}").ToArray();
        var (status, _) = await desk.Http.LaunchAsync(new { agent = "cursor", prompt = new string('x', promptLength), repositories = names });
        status.Should().Be(isTaken ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        desk.World.Started.Should().Be(isTaken ? 1 : 0);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"agent":{}}""")]
    [InlineData("""{"repositories":"acme/storefront"}""")]
    public async Task A_body_that_is_no_order_is_a_400(string body)
    {
        await using var desk = await DeskServer.StartAsync();
        using var message = Json.Post(body, "application/json");
        using var response = await desk.Http.SendAsync(message, TestContext.Current.CancellationToken);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static object Order(string agent, params string[] repositories) => new { agent, prompt = "Update the dependencies.", repositories };

    private static IEnumerable<string?> Ids(JsonElement answer) => answer.GetProperty("tasks").EnumerateArray().Select(task => task.Text("id"));
}
