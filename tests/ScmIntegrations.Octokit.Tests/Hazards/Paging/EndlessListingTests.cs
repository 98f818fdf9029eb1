using System.Globalization;
using Microsoft.AspNetCore.Http;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Paging;

/// <summary>Every listing ends: a page that links to itself, a circle of pages, pages without an end.</summary>
public sealed class EndlessListingTests
{
    [Fact]
    public async Task A_page_that_links_to_itself_ends_the_listing()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Circle(fixture, pages: 1);

        await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmIncompleteListException>();

        fixture.GitHub.Requests.Count.Should().BeLessThanOrEqualTo(3);
        fixture.Counted.Should().Equal(("test", "started"), ("test", "failure"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_circle_of_pages_ends_the_listing(int pages)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Circle(fixture, pages);

        (await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmIncompleteListException>()).Which.Reason.Should().Be(ErrorReason.IncompleteList);

        fixture.GitHub.Requests.Count.Should().BeLessThanOrEqualTo(pages + 2);
    }

    [Fact]
    public async Task A_first_page_that_links_to_itself_by_its_own_address_ends_the_listing()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Bodies.Page($"<{fixture.GitHub.Address}repos/acme/api/issues>; rel=\"next\"", 1));

        await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmIncompleteListException>();

        fixture.GitHub.Requests.Count.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Pages_without_an_end_stop_at_the_bound()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => options.MaxPages = 5);
        Endless(fixture);

        await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmIncompleteListException>();

        fixture.GitHub.Requests.Count.Should().BeInRange(5, 6);
    }

    [Fact]
    public async Task As_many_pages_as_the_bound_are_a_list()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => options.MaxPages = 5);
        Endless(fixture, last: 5);

        (await fixture.ListIssuesAsync()).Should().HaveCount(5);
    }

    [Fact]
    public async Task One_page_more_than_the_bound_is_no_list()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => options.MaxPages = 5);
        Endless(fixture, last: 6);

        await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmIncompleteListException>();
    }

    [Fact]
    public async Task Whoever_asks_for_some_pages_gets_them()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Endless(fixture);

        var issues = await fixture.RunAsync(octokit => octokit.Issue.GetAllForRepository("acme", "api", new ApiOptions { PageCount = 3, PageSize = 1, StartPage = 1 }));

        issues.Should().HaveCount(3);
        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Outside_of_RunAsync_a_listing_ends_as_well()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        Circle(fixture, pages: 1);

        await fixture.Awaiting(one => one.Direct.Issue.GetAllForRepository("acme", "api")).Should().ThrowAsync<ScmIncompleteListException>();

        fixture.GitHub.Requests.Count.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_same_list_may_be_read_twice_and_side_by_side()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Client = options => options.MaxPages = 5);
        Endless(fixture, last: 5);

        await fixture.RunAsync(async octokit =>
        {
            (await octokit.Issue.GetAllForRepository("acme", "api")).Should().HaveCount(5);
            var lists = await Task.WhenAll(octokit.Issue.GetAllForRepository("acme", "api"), octokit.Issue.GetAllForRepository("acme", "api"));
            lists.Should().OnlyContain(list => list.Count == 5);
        });

        fixture.Counted.Should().Equal(("test", "started"), ("test", "success"));
    }

    [Fact]
    public async Task An_address_that_the_caller_asks_for_twice_is_no_circle()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var address = new Uri(fixture.GitHub.Address, "repos/acme/api");

        var connection = fixture.Direct.Connection;

        await fixture.RunAsync(async octokit =>
        {
            await octokit.Repository.Get("acme", "api");
            await connection.Get<Repository>(address, null);
            await connection.Get<Repository>(address, null);
        });

        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Plain_Octokit_goes_round_for_as_long_as_there_are_pages()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Times(50).Answer(Bodies.Page(Bodies.Next(fixture.GitHub.Address, 1), 1));
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Bodies.Page(null, 2));

        (await fixture.Plain().Issue.GetAllForRepository("acme", "api")).Should().HaveCount(51);
    }

    private static void Circle(OctokitFixture fixture, int pages) => Script(fixture, page => page % pages + 1);

    private static void Endless(OctokitFixture fixture, int last = int.MaxValue) => Script(fixture, page => page == last ? null : page + 1);

    private static void Script(OctokitFixture fixture, Func<int, int?> next) =>
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Answers.Custom((context, cancellationToken) =>
        {
            var page = int.TryParse(context.Request.Query["page"], CultureInfo.InvariantCulture, out var number) ? number : 1;
            context.Response.ContentType = "application/json";
            if (next(page) is { } following)
            {
                context.Response.Headers.Append("Link", Bodies.Next(fixture.GitHub.Address, following));
            }

            return context.Response.WriteAsync(Bodies.Issues(page), cancellationToken);
        }));
}
