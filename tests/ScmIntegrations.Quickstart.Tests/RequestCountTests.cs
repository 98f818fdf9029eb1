using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class RequestCountTests
{
    [Fact]
    public async Task Requests_are_those_the_server_saw_mints_redirects_and_retries_included()
    {
        using var key = new KeyFile();
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("shaky", "README.md");
        acme.Server.When(HttpMethod.Get, "/installation/repositories").Once().Answer(Answers.Redirect("/installation/repositories?per_page=100&page=1"));
        acme.Server.When(HttpMethod.Get, "/repos/acme/shaky/git/trees/{sha}").Once().Answer(Answers.ServerError());

        var run = await AppRun.WithAsync(["scan", "--json", "--passes", "2", .. key.AppOptions(acme)]);

        run.ExitCode.Should().Be(0);

        // A mint, a redirected listing, a tree, a tree that was asked twice.
        run.Summary(1).Number("requests").Should().Be(6).And.Be(acme.Server.Requests.Count);
        run.Summary(2).Number("requests").Should().Be(0);
    }

    [Fact]
    public async Task Every_pass_has_its_own_counts_and_every_start_an_end()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");
        acme.Add("empty");
        acme.Add("vault", "secret.txt");
        acme.Server.When(HttpMethod.Get, "/repos/acme/vault/git/trees/{sha}").Answer(Answers.PermissionDenied());

        var run = await acme.RunAsync("scan", "--passes", "3");

        Counts(1).Should().Be((4, 4, 2, 2, 0));

        // What only a person can change is not asked again for an hour.
        Counts(2).Should().Be((0, 0, 0, 0, 0));
        Counts(3).Should().Be((0, 0, 0, 0, 0));
        run.Repositories(2).Select(line => line.Text("status")).Should().Equal("cached", "empty", "skipped");

        (long, long, long, long, long) Counts(int pass)
        {
            var line = run.Summary(pass);
            return (line.Number("requests"), line.Number("started"), line.Number("success"), line.Number("halted"), line.Number("failure"));
        }
    }

    [Fact]
    public async Task Programs_that_run_side_by_side_do_not_count_each_other()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md");

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => acme.RunAsync("scan")));

        runs.Should().OnlyContain(run => run.Summary(1).Number("requests") == 2 && run.Summary(1).Number("started") == 2);
    }
}
