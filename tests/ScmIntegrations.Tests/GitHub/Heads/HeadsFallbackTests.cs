using System.Text.Json.Nodes;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Trees;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Heads;

/// <summary>A scan works on without GraphQL, and with an answer of it that cannot be right.</summary>
public sealed class HeadsFallbackTests
{
    public static TheoryData<string> Troubles => ["404", "403", "422", "500", "502 for ever", "limit", "secondary", "html", "cut", "reset", "nothing", "wrong shape", "nulls", "other repositories", "too few", "too many", "no commit ids"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Every_repository_gets_its_tree_all_the_same(string trouble)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(30);
        fixture.AddRepository("acme/empty");
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(AnswerTo(trouble));

        var results = await fixture.ScanAsync();

        if (trouble is "secondary")
        {
            results.Should().OnlyContain(result => result.Status == TreeStatus.Skipped, "that limit holds for everything");
            return;
        }

        results.Should().HaveCount(31);
        results.Where(result => result.Status is TreeStatus.Fetched).Should().HaveCount(30).And.OnlyContain(result => result.Source == HeadSource.Tree);
        results.Single(result => result.Status is TreeStatus.Empty).Source.Should().Be(HeadSource.Tree);
        fixture.Outcomes("get_heads").Should().HaveCountLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task A_server_without_GraphQL_is_asked_for_it_once_a_day_and_nobody_is_paged()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepositories(20);
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.NotFound());
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(23));
        _ = await fixture.ScanAsync();
        var inADay = fixture.GitHub.Count(HttpMethod.Post, "/graphql");
        fixture.Time.Advance(TimeSpan.FromHours(1));

        _ = await fixture.ScanAsync();

        inADay.Should().Be(1);
        fixture.GitHub.Count(HttpMethod.Post, "/graphql").Should().Be(2);
        fixture.Outcomes("get_heads").Should().Equal("started", "halted", "started", "halted");
    }

    [Fact]
    public async Task Without_GraphQL_an_unchanged_repository_costs_nothing_of_the_limit()
    {
        await using var fixture = await TreeFixture.StartAsync(static options =>
        {
            options.Trees.BulkHeads = false;
            options.Trees.Stagger = new ManualStagger();
        });
        fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(59));
        _ = await fixture.ListAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var left = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        var before = left.Remaining;
        fixture.GitHub.ClearRequests();

        var results = await fixture.ScanAsync();

        results.Should().OnlyContain(result => result.Status == TreeStatus.Cached && result.Source == HeadSource.Commit);
        fixture.GitHub.Requests.Count(request => request.Status == 304).Should().Be(20);
        left.Remaining.Should().BeGreaterThanOrEqualTo(before - 1, "the list, and nothing else");
    }

    [Fact]
    public async Task A_query_that_is_too_much_is_halved_and_that_is_remembered_for_a_day()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepositories(100);
        fixture.GitHub.When(static request => request.Fits(HttpMethod.Post, "/graphql") && Ids(request) > 50).Answer(Answers.Json(200, TooMuch));

        var first = await fixture.ScanAsync();

        first.Should().OnlyContain(result => result.Status == TreeStatus.Fetched && result.Source == HeadSource.Bulk);
        fixture.GitHub.Find(HttpMethod.Post, "/graphql").Select(Ids).Should().Equal(100, 100, 50, 50);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();
        _ = await fixture.ScanAsync();
        fixture.GitHub.Find(HttpMethod.Post, "/graphql").Select(Ids).Should().Equal(50, 50);
        fixture.Time.Advance(TimeSpan.FromHours(24));
        fixture.GitHub.ClearRequests();
        _ = await fixture.ScanAsync();
        Ids(fixture.GitHub.Find(HttpMethod.Post, "/graphql")[0]).Should().Be(100);
    }

    [Fact]
    public async Task A_commit_that_nobody_knows_any_more_is_asked_for_by_its_branch()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repositories = fixture.AddRepositories(20);
        fixture.GitHub.When(HttpMethod.Get, $"/repos/acme/r001/git/trees/{repositories[0].CommitSha}").Answer(Answers.NotFound());

        var results = await fixture.ScanAsync();

        results.Should().HaveCount(20).And.OnlyContain(result => result.Status == TreeStatus.Fetched);
        results.Count(result => result.Source is HeadSource.Bulk).Should().Be(19);
        results.Single(result => result.Repository.Name is "r001").Source.Should().Be(HeadSource.Tree);
    }

    [Fact]
    public async Task A_hostile_node_changes_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repositories = fixture.AddRepositories(20);
        var nodes = string.Join(',', repositories.Select(repository =>
            $$$$$"""{"databaseId":{{{{{repository.Id}}}}},"nameWithOwner":"{{{{{repository.FullName}}}}}","isEmpty":false,"defaultBranchRef":{"name":"main","target":{"oid":"../../../../user","tree":{"oid":"x"}}}}"""));
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, $$$"""{"data":{"nodes":[{{{nodes}}}]}}"""));

        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched && result.Source == HeadSource.Tree);
        fixture.GitHub.Count(HttpMethod.Post, "/graphql").Should().Be(1);
    }

    [Fact]
    public async Task A_handler_that_throws_at_the_query_stops_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(25);
        fixture.BeforeSend = static (request, _) => request.RequestUri!.AbsolutePath is "/graphql" ? throw new NotSupportedException("The handler's own.") : Task.CompletedTask;

        (await fixture.ScanAsync()).Should().HaveCount(25).And.OnlyContain(result => result.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task A_GraphQL_that_is_down_holds_no_scan_up_and_its_batches_are_whole_when_it_is_back()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepositories(100);
        var trouble = fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, TooMuch));

        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);

        fixture.Outcomes("get_heads").Count(outcome => outcome is "started").Should().Be(4, "100, 50, 25 and 13 are too many; and then it is left alone");
        trouble.Remove();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();
        _ = await fixture.ScanAsync();
        fixture.GitHub.Find(HttpMethod.Post, "/graphql").Select(Ids).Should().Equal(100);
    }

    private const string TooMuch = """{"data":null,"errors":[{"message":"Something went wrong while executing your query. This may be the result of a timeout."}]}""";

    private static int Ids(RecordedRequest request) => JsonNode.Parse(request.Body)!["variables"]!["ids"]!.AsArray().Count;

    private static Answer AnswerTo(string trouble) => trouble switch
    {
        "404" => Answers.NotFound(),
        "403" => Answers.PermissionDenied(),
        "422" => Answers.GitHubError(422, "No."),
        "500" => Answers.Json(200, TooMuch),
        "502 for ever" => Answers.ServerError(502),
        "limit" => Answers.Json(200, """{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded for user ID 1."}]}"""),
        "secondary" => Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)),
        "html" => Answers.Html200(),
        "cut" => Answers.Json(200, """{"data":{"nodes":[""").CutAfter(15),
        "reset" => Answers.Reset(),
        "nothing" => Answers.Json(200, "{}"),
        "wrong shape" => Answers.Json(200, """{"data":{"nodes":{"a":1}}}"""),
        "nulls" => Answers.Json(200, """{"data":{"nodes":null}}"""),
        "other repositories" => Answers.Json(200, """{"data":{"x":1}}"""),
        "too few" => Answers.Json(200, """{"data":{"y":[null]}}"""),
        "too many" => Answers.Json(200, """{"errors":[{"type":"ARGUMENT_LIMIT","message":"You may not provide more than 100 node ids."}]}"""),
        _ => Answers.Json(200, """{"data":{"nodes":[null,null]},"errors":[{"type":"NOT_FOUND","message":"x"}]}"""),
    };
}
