using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary><c>scan --plan</c> says what a scan costs, and <c>--checkpoint</c> lets one go on where another stopped.</summary>
public sealed class ScanPlanTests
{
    [Fact]
    public async Task A_plan_reads_no_tree_and_says_it_all_in_one_line()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("web", "README.md");

        var run = await acme.RunAsync("scan", "--plan");

        run.ExitCode.Should().Be(0);
        var plan = run.Lines.Should().ContainSingle().Which;
        plan.Names().Should().Equal(
            "type", "repositories", "done", "current", "refused", "toRead", "toCheck", "leastRequests", "mostRequests", "limit", "remaining", "reserved", "remainingAfter", "resetsAt", "windows", "endsAt", "listComplete");
        (plan.Text("type"), plan.Number("repositories"), plan.Number("toRead"), plan.Number("mostRequests"), plan.Number("windows")).Should().Be(("plan", 2, 2, 2, 1));
        (plan.Number("limit"), plan.Number("remaining"), plan.Number("remainingAfter")).Should().Be((5000, 4999, 4997));
        acme.Server.Count(HttpMethod.Get, Organization.TreeOf).Should().Be(0);
    }

    [Fact]
    public async Task A_plan_in_words_names_the_cost_the_limit_and_the_end()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");

        var run = await AppRun.WithAsync("scan", "--plan", "--api-url", acme.Server.Address.AbsoluteUri, "--token", Organization.Token);

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("1 repositories: 0 current, 1 to read").And.Contain("takes 1 requests").And.Contain("Of 5,000 an hour 4,999 are left").And.Contain("Done about ");
    }

    [Fact]
    public async Task A_scan_with_a_checkpoint_reads_only_what_is_not_done()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("web", "README.md");
        using var folder = new KeyFile();
        var file = folder.Path + ".checkpoint";
        acme.Server.When(HttpMethod.Get, "/repos/acme/web/git/trees/{sha}").Times(6).Answer(Answers.ServerError(502));

        var first = await acme.RunAsync("scan", "--checkpoint", file);
        acme.Server.Faults.Clear();
        var second = await acme.RunAsync("scan", "--checkpoint", file);
        var third = await acme.RunAsync("scan", "--checkpoint", file);

        File.Delete(file);
        (first.ExitCode, second.ExitCode, third.ExitCode).Should().Be((1, 0, 0));
        second.Repositories(1).Should().ContainSingle().Which.Text("repository").Should().Be("acme/web");
        third.Repositories(1).Should().BeEmpty();
    }

    [Theory]
    [InlineData("scan", "--checkpoint", "x", "--passes", "2")]
    [InlineData("scan", "--checkpoint", "x", "--plan")]
    [InlineData("tree", "acme/api", "--plan")]
    [InlineData("repos", "--checkpoint", "x")]
    [InlineData("scan", "--plan=yes")]
    public async Task What_does_not_go_together_is_refused(params string[] arguments)
    {
        await using var acme = await Organization.StartAsync();

        (await acme.RunAsync(arguments)).ExitCode.Should().Be(2);

        acme.Server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_checkpoint_is_refused()
    {
        await using var acme = await Organization.StartAsync();
        using var key = new KeyFile();

        var run = await acme.RunAsync("scan", "--checkpoint", key.Path);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain("--checkpoint").And.NotContain("PRIVATE KEY");
        acme.Server.Requests.Should().BeEmpty();
    }
}
