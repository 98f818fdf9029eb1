using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class TableTests
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task Scan_shows_a_table_a_pass_what_went_wrong_and_what_it_cost()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md", "src/Program.cs");
        acme.Add("vault", "secret.txt");
        acme.Server.When(HttpMethod.Get, "/repos/acme/vault/git/trees/{sha}").Answer(Answers.PermissionDenied("contents=read,metadata=read; administration=read"));

        var run = await RunAsync(acme, "scan", "--passes", "2");

        run.ExitCode.Should().Be(1);
        run.Output.Should().ContainAll(
            "Pass 1", "│ acme/api", "fetched", "Pass 2", "cached", "halted: permission_missing",
            "[administrator acts: Grant what is missing", "Accepted: contents=read,metadata=read; administration=read.]", "skipped", "no call: permission_missing",
            "3 requests (1 listing, 2 tree, 0 token); 3 interactions: 2 success, 1 halted, 0 failure.",
            "0 requests (0 listing, 0 tree, 0 token); 0 interactions: 0 success, 0 halted, 0 failure.");
        (run.Output + run.Errors).Should().NotContain(Escape.ToString());
        run.Errors.Should().Contain("Pass 1: 2 of 2");
    }

    [Fact]
    public async Task Repos_and_tree_show_tables()
    {
        await using var acme = await Organization.StartAsync();
        acme.Add("api", "README.md").IsArchived = true;

        var repos = await RunAsync(acme, "repos");
        var tree = await RunAsync(acme, "tree", "acme/api");

        repos.Output.Should().ContainAll("acme/api", "archived", "1 repository").And.NotContain("{");
        tree.Output.Should().ContainAll("acme/api", "fetched").And.NotContain("{");
    }

    [Fact]
    public async Task Error_of_the_command_goes_to_stderr_with_advice()
    {
        await using var acme = await Organization.StartAsync();
        acme.Server.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)));

        var run = await RunAsync(acme, "tree", "acme/api");

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith("What happened  403 for GET ").And.ContainAll("Reason         primary_rate_limit, said by github", "Who acts       nobody", "When           again from ");
    }

    [Fact]
    public async Task What_was_listed_before_an_error_is_shown()
    {
        await using var acme = await Organization.StartAsync(options => options.PageSizeCap = 1);
        acme.Add("api");
        acme.Add("web");
        acme.Server.When(request => request.Query.Contains("page=2", StringComparison.Ordinal)).Answer(Answers.NotFound());

        var run = await RunAsync(acme, "repos");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("acme/api").And.NotContain("acme/web");
        run.Errors.Should().Contain("not_found");
    }

    private static Task<AppRun> RunAsync(Organization acme, params string[] arguments) =>
        AppRun.WithAsync([.. arguments, "--api-url", acme.Server.Address.AbsoluteUri, "--token", Organization.Token]);
}
