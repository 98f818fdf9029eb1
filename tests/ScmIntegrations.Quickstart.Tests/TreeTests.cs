using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class TreeTests
{
    [Fact]
    public async Task Tree_prints_one_repository_line()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md", "src/Program.cs");

        var run = await acme.RunAsync("tree", "acme/api");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be(
            """{"type":"repository","pass":1,"repository":"acme/api","status":"fetched","complete":true,"entries":3,"files":2,"outcome":"success","error":null}""" + "\n");
    }

    [Fact]
    public async Task Ref_chooses_the_branch()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md").Push(FakeTree.FromPaths("a", "b", "c"), "feature/one");

        var run = await acme.RunAsync("tree", "acme/api", "--ref", "feature/one");

        run.Lines.Single().Number("files").Should().Be(3);
    }

    [Fact]
    public async Task Empty_repository_is_a_halt_and_no_trouble()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("empty");

        var run = await acme.RunAsync("tree", "acme/empty");

        run.ExitCode.Should().Be(0);
        var line = run.Lines.Single();
        (line.Text("status"), line.Text("outcome"), line.GetProperty("error").Text("reason")).Should().Be(("empty", "halted", "empty_repository"));
        (line.GetProperty("complete").GetBoolean(), line.Number("entries"), line.Number("files")).Should().Be((true, 0, 0));
    }

    [Fact]
    public async Task Missing_repository_is_an_error_line()
    {
        await using var acme = await Organization.StartAsync();

        var run = await acme.RunAsync("tree", "acme/nothing");

        run.ExitCode.Should().Be(1);
        var line = run.Lines.Single();
        line.Names().Should().Equal("type", "error");
        (line.Text("type"), line.GetProperty("error").Text("reason"), line.GetProperty("error").Number("status")).Should().Be(("error", "not_found", 404));
    }

    [Fact]
    public async Task Incomplete_tree_exits_1()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("huge", "README.md");
        acme.Server.When(HttpMethod.Get, Organization.TreeOf).Answer(
            Answers.Json(200, """{"sha":"1234567890123456789012345678901234567890","tree":[],"truncated":true}"""));

        var run = await acme.RunAsync("tree", "acme/huge");

        run.ExitCode.Should().Be(1);
        run.Lines.Single().GetProperty("complete").GetBoolean().Should().BeFalse();
    }
}
