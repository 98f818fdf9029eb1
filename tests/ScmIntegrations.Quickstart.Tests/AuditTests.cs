using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class AuditTests
{
    private static readonly string[] Wanted = ["checks=write", "contents=write", "metadata=read"];

    [Fact]
    public async Task Every_installation_is_a_line_with_what_it_lacks_and_the_page_that_grants_it()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Server.AddInstallation(acme.App, 43, "full", "Organization", Permissions(Wanted));
        acme.Server.AddInstallation(acme.App, 44, "octocat", "User", Permissions("contents=write", "metadata=read"));
        acme.Server.AddInstallation(acme.App, 45, "away", "Organization", Permissions(Wanted)).Suspend();
        acme.Server.AddInstallation(acme.App, 46, "odd", "Organization", Permissions("checks=triage", "contents=admin", "metadata=read"));

        var run = await RunAsync(acme, key, "--json");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("""
            {"type":"installation","id":42,"account":"acme","accountType":"Organization","complete":false,"suspended":false,"missing":["checks=write","contents=write"],"fixUrl":"https://github.com/organizations/acme/settings/installations/42/permissions/update","warnings":[]}
            {"type":"installation","id":43,"account":"full","accountType":"Organization","complete":true,"suspended":false,"missing":[],"fixUrl":null,"warnings":[]}
            {"type":"installation","id":44,"account":"octocat","accountType":"User","complete":false,"suspended":false,"missing":["checks=write"],"fixUrl":"https://github.com/settings/installations/44/permissions/update","warnings":[]}
            {"type":"installation","id":45,"account":"away","accountType":"Organization","complete":true,"suspended":true,"missing":[],"fixUrl":"https://github.com/organizations/away/settings/installations/45","warnings":[]}
            {"type":"installation","id":46,"account":"odd","accountType":"Organization","complete":true,"suspended":false,"missing":[],"fixUrl":null,"warnings":["checks: \u0027write\u0027 is wanted and \u0027triage\u0027 granted; not every level is one of read, write and admin, so this is not held against the installation."]}
            {"type":"summary","installations":5,"complete":3,"incomplete":2,"suspended":1,"requests":2,"started":1,"success":1,"halted":0,"failure":0}

            """);
        acme.Server.Requests.Should().OnlyContain(request => request.Path == "/app" || request.Path == "/app/installations");
    }

    [Fact]
    public async Task When_all_are_complete_the_exit_code_is_0()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Installation.Permissions = Permissions(Wanted);

        var run = await RunAsync(acme, key, "--json");

        run.ExitCode.Should().Be(0);
        run.OfType("summary").Single().Number("complete").Should().Be(1);
    }

    [Fact]
    public async Task An_App_that_is_installed_nowhere_has_a_summary_alone()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Server.RemoveInstallation(42);

        (await RunAsync(acme, key, "--json")).Lines.Single().Text("type").Should().Be("summary");
        var run = await RunAsync(acme, key);

        run.ExitCode.Should().Be(0);
        run.Output.Should().StartWith("0 installations: 0 complete, 0 incomplete; 0 suspended");
    }

    [Fact]
    public async Task A_table_shows_who_lacks_what_and_where_to_go()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();

        var run = await RunAsync(acme, key);

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll(
            "acme", "Organization", "lacks", "checks=write, contents=write (has read)", "42",
            "• acme: https://github.com/organizations/acme/settings/installations/42/permissions/update",
            "1 installation: 0 complete, 1 incomplete; 0 suspended");
    }

    [Fact]
    public async Task An_installation_id_changes_nothing()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Server.AddInstallation(acme.App, 43, "full");

        var run = await AppRun.WithAsync(["audit", "--json", .. key.AppOptions(acme)]);

        run.OfType("installation").Should().HaveCount(2);
        acme.Server.Requests.Should().OnlyContain(request => request.Path == "/app" || request.Path == "/app/installations");
    }

    [Fact]
    public async Task A_list_that_ends_early_gives_its_lines_an_error_line_and_the_summary()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Server.When(HttpMethod.Get, "/app/installations").Answer(
            Answers.Real().WithHeader("Link", $"<{acme.Server.Address}app/installations?per_page=100>; rel=\"next\""));

        var run = await RunAsync(acme, key, "--json");

        run.ExitCode.Should().Be(1);
        run.Lines.Select(line => line.Text("type")).Should().Equal("installation", "error", "summary");
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_ends_with_an_error_line()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Server.When(HttpMethod.Get, "/app").Answer(Answers.GitHubError(404, "Integration not found"));

        var run = await RunAsync(acme, key, "--json");

        run.ExitCode.Should().Be(1);
        run.Lines.Single().GetProperty("error").Text("reason").Should().Be("invalid_app_key");
    }

    [Fact]
    public async Task Names_that_look_like_markup_are_shown_as_they_are()
    {
        using var key = new KeyFile();
        await using var acme = await StartAsync();
        acme.Server.When(HttpMethod.Get, "/app/installations").Answer(
            Answers.Json(200, """[{"id":1,"account":{"id":2,"login":"[red]x[/]"},"target_type":"[bold]"}]"""));

        var run = await RunAsync(acme, key);

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll("[red]x[/]", "[bold]", "https://github.com/settings/installations/");
    }

    private static async Task<Organization> StartAsync()
    {
        var acme = await Organization.StartAsync();
        acme.App.Permissions = Permissions(Wanted);
        return acme;
    }

    private static Task<AppRun> RunAsync(Organization acme, KeyFile key, params string[] arguments) =>
        AppRun.WithAsync(["audit", .. arguments, .. key.AppOptions(acme).SkipLast(2)]);

    private static Dictionary<string, string> Permissions(params string[] written) =>
        written.Select(one => one.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
