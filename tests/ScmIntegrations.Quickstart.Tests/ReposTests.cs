using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class ReposTests
{
    [Fact]
    public async Task Every_repository_is_a_line_archived_and_empty_ones_too()
    {
        await using var acme = await Organization.StartAsync();
        var api = acme.Add("api", "README.md");
        var old = acme.Add("old", "README.md");
        old.IsArchived = true;
        old.DefaultBranch = "trunk";

        var run = await acme.RunAsync("repos");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be($$"""
            {"type":"repository","repository":"acme/api","id":{{api.Id}},"archived":false,"defaultBranch":"main"}
            {"type":"repository","repository":"acme/old","id":{{old.Id}},"archived":true,"defaultBranch":"trunk"}

            """);
    }

    [Fact]
    public async Task Pages_are_followed()
    {
        await using var acme = await Organization.StartAsync(options => options.PageSizeCap = 2);
        foreach (var name in "abcde")
        {
            acme.Add(name.ToString());
        }

        (await acme.RunAsync("repos")).Lines.Should().HaveCount(5);
    }

    [Theory]
    [InlineData("/user/repos")]
    [InlineData("/orgs/acme/repos", "--org", "acme")]
    public async Task Org_decides_whose_are_listed(string path, params string[] arguments)
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");

        await acme.RunAsync(["repos", .. arguments]);

        acme.Server.Requests.Select(request => request.Path).Should().Equal(path);
    }

    [Fact]
    public async Task Installation_token_lists_its_installation()
    {
        await using var acme = await Organization.StartAsync();
        var token = acme.Server.MintToken(acme.Installation);
        acme.Add("api");

        var run = await AppRun.WithEnvironmentAsync(
            [("GITHUB_TOKEN", token), ("GITHUB_API_URL", acme.Server.Address.AbsoluteUri)], "repos", "--json");

        run.ExitCode.Should().Be(0);
        token.Should().StartWith("ghs_");
        acme.Server.Requests.Select(request => request.Path).Should().Equal("/installation/repositories");
    }

    [Fact]
    public async Task List_that_leads_in_a_circle_gives_its_lines_then_an_error_line()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api");
        acme.Server.When(HttpMethod.Get, "/user/repos").Answer(
            Answers.Real().WithHeader("Link", $"<{acme.Server.Address}user/repos?per_page=100&page=1>; rel=\"next\""));

        var run = await acme.RunAsync("repos");

        run.ExitCode.Should().Be(1);
        run.Lines.Select(line => line.Text("type")).Should().Equal("repository", "error");
        var error = run.Lines[1].GetProperty("error");
        (error.Text("type"), error.Text("reason"), error.Text("origin")).Should().Be(("ScmIncompleteListException", "incomplete_list", "client"));
    }

    [Fact]
    public async Task Scan_of_such_a_list_reads_what_is_there_and_ends_with_the_summary()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Server.When(HttpMethod.Get, "/user/repos").Answer(
            Answers.Real().WithHeader("Link", $"<{acme.Server.Address}user/repos?per_page=100&page=1>; rel=\"next\""));

        var run = await acme.RunAsync("scan");

        run.ExitCode.Should().Be(1);
        run.Lines.Select(line => line.Text("type")).Should().Equal("repository", "error", "summary");
        run.Summary(1).Number("failure").Should().Be(1);
    }
}
