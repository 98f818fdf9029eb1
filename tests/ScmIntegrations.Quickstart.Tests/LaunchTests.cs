using System.Text.Json;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class LaunchTests
{
    private const string Tasks = "/agents/repos/{owner}/{repo}/tasks";

    [Fact]
    public async Task A_launch_is_a_line_and_the_batch_a_summary()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");

        var run = await acme.RunAsync("launch", "acme/api", "--agent", "copilot", "--prompt", "Fix it.");

        run.ExitCode.Should().Be(0, run.Errors);
        var task = acme.Server.CopilotTasks.Single();
        run.Output.Split('\n')[0].Should().Be(
            $$"""{"type":"launch","repository":"acme/api","launched":true,"agentId":"acme:api:{{task.Id}}","state":"queued","failureType":null,"installationId":null,"fixUrl":null,"message":null,"missingPermissions":[],"warnings":[]}""");
        var summary = run.OfType("summary").Single();
        summary.Number("launched").Should().Be(1);
        summary.Number("failed").Should().Be(0);
        summary.GetProperty("success").GetBoolean().Should().BeTrue();
        task.Prompt.Should().StartWith("Fix it.");
    }

    [Fact]
    public async Task A_missing_permission_names_the_repositorys_installation_and_its_page()
    {
        using var key = new KeyFile();
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        acme.Server.AddInstallation(acme.App, 77, "octocat", "User", new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read" });
        acme.Server.AddRepository("octocat/home");
        acme.Server.When(HttpMethod.Post, Tasks).Answer(Answers.PermissionDenied("", "Forbidden"));

        var run = await acme.RunAsync(["launch", "acme/api", "octocat/home", "--agent", "copilot", "--prompt", "Fix it.", .. AppWithoutInstallation(acme, key)]);

        run.ExitCode.Should().Be(1, run.Errors);
        var lines = run.OfType("launch").ToDictionary(line => line.Text("repository")!, StringComparer.Ordinal);
        lines["acme/api"].Text("failureType").Should().Be("github_app_permissions");
        lines["acme/api"].Number("installationId").Should().Be(42);
        lines["acme/api"].Text("fixUrl").Should().Be("https://github.com/organizations/acme/settings/installations/42/permissions/update");
        lines["acme/api"].GetProperty("missingPermissions").EnumerateArray().Select(one => one.GetString()).Should().Equal("contents=write");
        lines["acme/api"].Text("message").Should().Contain("acme/api").And.Contain("'contents:write'");
        lines["octocat/home"].Number("installationId").Should().Be(77);
        lines["octocat/home"].Text("fixUrl").Should().Be("https://github.com/settings/installations/77/permissions/update");
    }

    [Fact]
    public async Task Without_an_App_the_page_is_the_list_of_installations()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        acme.Server.When(HttpMethod.Post, Tasks).Answer(Answers.PermissionDenied());

        var run = await acme.RunAsync("launch", "acme/api", "--agent", "copilot", "--prompt", "Fix it.");

        var line = run.OfType("launch").Single();
        line.Text("failureType").Should().Be("github_app_permissions");
        line.GetProperty("installationId").ValueKind.Should().Be(JsonValueKind.Null);
        line.Text("fixUrl").Should().Be("https://github.com/settings/installations/");
    }

    [Fact]
    public async Task Cursor_is_launched_with_a_key_of_its_own_and_needs_no_token()
    {
        await using var cursor = await FakeCursor.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        cursor.AddKey("key_of_the_tests");
        cursor.HideRepository("acme/hidden");

        var run = await AppRun.WithAsync(
            "launch", "acme/api", "acme/hidden", "--agent", "cursor", "--prompt", "Fix it.", "--agent-url", cursor.Address.AbsoluteUri, "--agent-key", "key_of_the_tests", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        var lines = run.OfType("launch").ToDictionary(line => line.Text("repository")!, StringComparer.Ordinal);
        lines["acme/api"].Text("agentId").Should().StartWith("bc-");
        lines["acme/hidden"].Text("failureType").Should().Be("cursor_github_access");
        lines["acme/hidden"].Text("fixUrl").Should().Be("https://github.com/apps/cursor");
        (run.Output + run.Errors).Should().NotContain("key_of_the_tests");
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_with_its_key_starts_nothing_twice()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        acme.Add("web");
        var first = await acme.RunAsync("launch", "acme/api", "--agent", "copilot", "--prompt", "Fix it.");
        var key = first.OfType("summary").Single().Text("idempotencyKey")!;

        var second = await acme.RunAsync("launch", "acme/api", "acme/web", "--agent", "copilot", "--prompt", "Fix it.", "--idempotency-key", key);

        second.OfType("launch").Should().HaveCount(2);
        acme.Server.CopilotTasks.Should().HaveCount(2);
        second.OfType("launch").Single(line => line.Text("repository") is "acme/api").Text("agentId").Should().Be(first.OfType("launch").Single().Text("agentId"));
    }

    [Fact]
    public async Task An_installations_token_is_refused_before_anything_is_sent()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");

        var run = await AppRun.WithAsync(
            "launch", "acme/api", "--agent", "copilot", "--prompt", "Fix it.", "--json", "--api-url", acme.Server.Address.AbsoluteUri, "--token", "ghs_0123456789abcdef0123456789abcdef0123");

        run.ExitCode.Should().Be(1);
        run.OfType("launch").Single().Text("failureType").Should().Be("bad_credentials");
        acme.Server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("launch needs a repository", "launch", "--agent", "copilot", "--prompt", "x")]
    [InlineData("launch needs --prompt", "launch", "acme/api", "--agent", "copilot")]
    [InlineData("launch needs --agent", "launch", "acme/api", "--prompt", "x")]
    [InlineData("copilot|cursor", "launch", "acme/api", "--agent", "jules", "--prompt", "x")]
    [InlineData("launch OWNER/NAME", "launch", "acme", "--agent", "copilot", "--prompt", "x")]
    [InlineData("No key for Cursor", "launch", "acme/api", "--agent", "cursor", "--prompt", "x")]
    [InlineData("No credential", "launch", "acme/api", "--agent", "copilot", "--prompt", "x")]
    [InlineData("--wait needs the ids", "agents", "--agent", "copilot", "--wait", "--token", "ghp_x")]
    [InlineData("--prompt belongs to launch", "agents", "--agent", "copilot", "--prompt", "x")]
    [InlineData("--agent-url", "launch", "acme/api", "--agent", "copilot", "--prompt", "x", "--token", "ghp_x", "--agent-url", "http://agent.example.com")]
    [InlineData("--agent-key has characters", "launch", "acme/api", "--agent", "copilot", "--prompt", "x", "--agent-key", "bad\nkey")]
    public async Task What_cannot_be_meant_is_refused_in_a_sentence(string words, params string[] arguments)
    {
        var run = await AppRun.WithAsync(arguments);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain(words);
    }

    [Fact]
    public async Task A_key_of_a_batch_that_is_too_long_is_a_wrong_argument()
    {
        var run = await AppRun.WithAsync("launch", "acme/api", "--agent", "copilot", "--prompt", "x", "--token", "ghp_x", "--idempotency-key", new string('k', 201));

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain("--idempotency-key").And.Contain("201").And.Contain("200");
    }

    [Fact]
    public async Task Tasks_are_listed_read_and_waited_for()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        var done = acme.Server.AddCopilotTask("acme/api", "Fix it.").Complete(7);
        acme.Server.AddCopilotTask("acme/api", "Break it.").Fail("It cannot be broken.");

        var list = await acme.RunAsync("agents", "acme/api", "--agent", "copilot");
        var one = await acme.RunAsync("agents", $"acme:api:{done.Id}", "--agent", "copilot", "--wait");

        list.ExitCode.Should().Be(0, list.Errors);
        list.OfType("agent").Select(line => line.Text("state")).Should().BeEquivalentTo("succeeded", "failed");
        var line = one.OfType("agent").Single();
        line.Text("rawState").Should().Be("completed");
        line.Number("pullRequest").Should().Be(7);
        line.Text("pullRequestUrl").Should().Be("https://github.com/acme/api/pull/7");
    }

    [Fact]
    public async Task One_task_that_cannot_be_read_does_not_hide_the_others()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        var first = acme.Server.AddCopilotTask("acme/api", "Fix it.");
        var last = acme.Server.AddCopilotTask("acme/api", "Fix it.");

        var run = await acme.RunAsync("agents", $"acme:api:{first.Id}", "acme:api:nothing", "no-id", $"acme:api:{last.Id}", "--agent", "copilot");

        run.ExitCode.Should().Be(1);
        run.Lines.Select(line => line.Text("type")).Should().Equal("agent", "error", "error", "agent");
    }

    [Theory]
    [InlineData]
    [InlineData("--idempotency-key", "k")]
    public async Task A_limit_that_one_repository_meets_is_not_everybodys(params string[] more)
    {
        await using var acme = await Organization.StartAsync();
        string[] names = ["acme/a", "acme/limited", "acme/b", "acme/c"];
        foreach (var name in names)
        {
            acme.Server.AddRepository(name);
        }

        acme.Server.When(HttpMethod.Post, "/agents/repos/acme/limited/tasks").Answer(Answers.PrimaryRateLimit(TimeSpan.FromHours(1)));

        var run = await acme.RunAsync(["launch", .. names, "--agent", "copilot", "--prompt", "Fix it.", "--concurrency", "1", .. more]);

        run.ExitCode.Should().Be(0);
        run.OfType("launch").Where(line => line.GetProperty("launched").GetBoolean()).Select(line => line.Text("repository")).Should().Equal("acme/a", "acme/b", "acme/c");
        run.OfType("launch").Single(line => line.Text("repository") is "acme/limited").Text("failureType").Should().Be("rate_limited");
    }

    [Fact]
    public async Task A_table_shows_what_was_launched_and_what_to_do()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        acme.Add("web");
        acme.Server.When(HttpMethod.Post, "/agents/repos/acme/web/tasks").Answer(Answers.CopilotNotLicensed());

        var run = await AppRun.WithAsync(
            "launch", "acme/api", "acme/web", "--agent", "copilot", "--prompt", "Fix it.", "--api-url", acme.Server.Address.AbsoluteUri, "--token", Organization.Token);

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll("acme/api", "queued", "not launched", "github_copilot_not_licensed", "Copilot license", "1 launched, 1 failed", "--idempotency-key");
    }

    private static string[] AppWithoutInstallation(Organization acme, KeyFile key) => [.. key.AppOptions(acme)[2..6]];
}
