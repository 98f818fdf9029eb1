using Quickstart;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class ScanTests
{
    [Fact]
    public async Task First_pass_fetches_and_second_comes_from_the_cache()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md", "src/Program.cs", "src/Order.cs");

        var run = await acme.RunAsync("scan", "--passes", "2");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("""
            {"type":"repository","pass":1,"repository":"acme/api","status":"fetched","complete":true,"entries":4,"files":3,"outcome":"success","error":null}
            {"type":"summary","pass":1,"requests":2,"started":2,"success":2,"halted":0,"failure":0}
            {"type":"repository","pass":2,"repository":"acme/api","status":"cached","complete":true,"entries":4,"files":3,"outcome":null,"error":null}
            {"type":"summary","pass":2,"requests":0,"started":0,"success":0,"halted":0,"failure":0}

            """);
        acme.Server.Count(HttpMethod.Get, Organization.TreeOf).Should().Be(1);
    }

    [Fact]
    public async Task Empty_repository_is_halted_first_and_known_without_a_call_then()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("empty");

        var run = await acme.RunAsync("scan", "--passes", "2");

        run.ExitCode.Should().Be(0);
        var first = run.Repositories(1).Single();
        (first.Text("status"), first.Text("outcome"), first.GetProperty("error").Text("reason")).Should().Be(("empty", "halted", "empty_repository"));
        (first.GetProperty("complete").GetBoolean(), first.Number("entries"), first.Number("files")).Should().Be((true, 0, 0));
        var second = run.Repositories(2).Single();
        (second.Text("status"), second.IsNull("outcome"), second.IsNull("error")).Should().Be(("empty", true, true));
        (run.Summary(1).Number("halted"), run.Summary(2).Number("requests")).Should().Be((1, 0));
    }

    [Fact]
    public async Task Forbidden_repository_is_unavailable_and_does_not_stop_the_rest()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("vault", "secret.txt");
        acme.Server.When(HttpMethod.Get, "/repos/acme/vault/git/trees/{sha}").Answer(Answers.PermissionDenied());

        var run = await acme.RunAsync("scan");

        run.ExitCode.Should().Be(1);
        run.Repositories(1).Select(line => (line.Text("repository"), line.Text("status"), line.Text("outcome")))
            .Should().Equal(("acme/api", "fetched", "success"), ("acme/vault", "unavailable", "halted"));
        var vault = run.Repositories(1)[1];
        (vault.IsNull("complete"), vault.IsNull("entries"), vault.IsNull("files")).Should().Be((true, true, true));
        var error = vault.GetProperty("error");
        error.Names().Should().Equal("type", "reason", "origin", "status", "retryAt", "requestId", "fixUrl", "message", "owner", "advice");
        (error.Text("type"), error.Text("reason"), error.Text("origin"), error.Number("status"))
            .Should().Be(("ScmPermissionException", "permission_missing", "github", 403));
        error.Text("requestId").Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task Failing_repository_is_asked_again_in_the_next_pass()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("broken", "README.md");
        acme.Server.When(HttpMethod.Get, Organization.TreeOf).Answer(Answers.ServerError());

        var run = await acme.RunAsync("scan", "--passes=2");

        run.ExitCode.Should().Be(1);
        run.OfType("repository").Should().HaveCount(2).And.OnlyContain(line =>
            line.Text("status") == "unavailable" && line.Text("outcome") == "failure" && line.GetProperty("error").Text("reason") == "server_error");
        run.Summary(2).Number("requests").Should().BeGreaterThan(0);
        (run.Summary(1).Number("requests") + run.Summary(2).Number("requests")).Should().Be(acme.Server.Requests.Count);
    }

    [Fact]
    public async Task Archived_repository_prints_no_line()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("old", "README.md").IsArchived = true;

        var run = await acme.RunAsync("scan");

        run.ExitCode.Should().Be(0);
        run.Repositories(1).Select(line => line.Text("repository")).Should().Equal("acme/api");
    }

    [Fact]
    public async Task Too_few_requests_left_skips_without_asking()
    {
        await using var acme = await Organization.StartAsync(options => options.RateLimit = 50);
        acme.Add("api", "README.md");

        var run = await acme.RunAsync("scan");

        run.ExitCode.Should().Be(1);
        var line = run.Repositories(1).Single();
        (line.Text("status"), line.IsNull("outcome"), line.IsNull("complete")).Should().Be(("skipped", true, true));
        var error = line.GetProperty("error");
        (error.Text("reason"), error.Text("origin"), error.IsNull("status")).Should().Be(("primary_rate_limit", "client", true));
        error.Text("retryAt").Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        acme.Server.Count(HttpMethod.Get, Organization.TreeOf).Should().Be(0);
    }

    [Fact]
    public async Task Tree_that_cannot_be_completed_says_so_and_exits_1()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("huge", "README.md");
        acme.Server.When(HttpMethod.Get, Organization.TreeOf).Answer(Answers.Json(200, """
            {"sha":"1234567890123456789012345678901234567890","tree":[{"path":"a","mode":"100644","type":"blob","sha":"1234567890123456789012345678901234567890","size":1}],"truncated":true}
            """));

        var run = await acme.RunAsync("scan");

        run.ExitCode.Should().Be(1);
        var line = run.Repositories(1).Single();
        (line.Text("status"), line.GetProperty("complete").GetBoolean(), line.Number("entries")).Should().Be(("fetched", false, 1));
    }

    [Fact(Timeout = 30_000)]
    public async Task Concurrency_is_how_many_are_asked_at_once()
    {
        // More than the default of 8: without the option the twelfth request would never come.
        await using var acme = await Organization.StartAsync();
        foreach (var name in "abcdefghijkl")
        {
            acme.Add(name.ToString(), "README.md");
        }

        acme.Server.When(HttpMethod.Get, Organization.TreeOf).Answer(Answers.Stall());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = QuickstartApp.RunAsync(
            ["scan", "--concurrency", "12", "--token", Organization.Token, "--api-url", acme.Server.Address.AbsoluteUri],
            TextWriter.Null, TextWriter.Null, _ => null, cancellation.Token);
        await acme.Server.WaitForRequestsAsync(HttpMethod.Get, Organization.TreeOf, 12, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        (await run).Should().Be(130);
    }
}
