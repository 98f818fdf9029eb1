using Microsoft.AspNetCore.Http;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Paging;

/// <summary><c>Link</c> headers that are malformed, doubled, relative, or hold commas, on an otherwise good 200.</summary>
public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("<http://[>; rel=\"next\"")]
    [InlineData("<>; rel=\"next\"")]
    [InlineData("<x; rel=\"next\"")]
    [InlineData("rel=\"next\"")]
    [InlineData(",,;;<<>>")]
    [InlineData("<http://%zz>; rel=\"last\"")]
    public async Task A_malformed_link_never_is_an_exception_of_the_parsers(string link)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).AnswerInOrder(Bodies.Page(link, 1), Bodies.Page(null, 2));

        var error = await Record.ExceptionAsync(() => fixture.ListIssuesAsync());

        (error is null or ScmException).Should().BeTrue($"{error}");
        fixture.GitHub.Requests.Count.Should().BeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData("?page=2&?page=3")]
    [InlineData("?a?b=1&ab=2&page=2")]
    [InlineData("?page=2&&&x=1")]
    [InlineData("?&page=2&")]
    [InlineData("?page=2&")]
    public async Task A_query_that_Octokit_cannot_take_apart_never_is_an_exception_of_its_own(string query)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).AnswerInOrder(Bodies.Page($"<{Bodies.IssuesPath}{query}>; rel=\"next\"", 1), Bodies.Page(null, 2));

        var error = await Record.ExceptionAsync(() => fixture.RunAsync(octokit => octokit.Issue.GetAllForRepository("acme", "api", new ApiOptions { PageCount = 5 })));

        (error is null or ScmIncompleteListException).Should().BeTrue($"{error}");
    }

    // Octokit takes the query of a link apart, and throws where a name stands twice or without a value.
    [Theory]
    [InlineData("page=2&page=3")]
    [InlineData("page=2&since")]
    public async Task A_list_whose_next_page_Octokit_cannot_ask_for_is_not_complete(string query)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Bodies.Page($"<issues?{query}>; rel=\"next\"", 1));

        await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmIncompleteListException>();

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_good_answer_with_a_malformed_link_beside_it_is_good()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Json(200, Payloads.Repository("acme/api")).WithHeader("Link", "<http://[>; rel=\"next\", <http://[>; rel=\"next\""));

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task A_doubled_relation_is_followed_once()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var next = Bodies.Next(fixture.GitHub.Address, 2);
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).AnswerInOrder(Bodies.Page($"{next}, {next}", 1), Bodies.Page(null, 2));

        (await fixture.ListIssuesAsync()).Select(issue => issue.Number).Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("</repos/acme/api/issues?page=2>; rel=\"next\"")]
    [InlineData("<?page=2>; rel=\"next\"")]
    [InlineData("<issues?page=2>; rel=next")]
    public async Task A_relative_link_is_followed(string link)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithQuery("page", "2").Answer(Bodies.Page(null, 2));
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Bodies.Page(link, 1));

        (await fixture.ListIssuesAsync()).Select(issue => issue.Number).Should().Equal(1, 2);
    }

    [Fact]
    public async Task An_address_with_commas_and_angle_brackets_in_its_neighbours_is_followed_whole()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var address = fixture.GitHub.Address;
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithQuery("labels", "a,b;c").Answer(Bodies.Page(null, 2));
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath)
            .Answer(Bodies.Page($"<{address}repos/acme/api/issues?page=1,0>; rel=\"prev\"; title=\"a, <b>; rel=next\", <{address}repos/acme/api/issues?page=2&labels=a,b;c>; rel=\"next\"", 1));

        (await fixture.ListIssuesAsync()).Select(issue => issue.Number).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Links_in_two_headers_are_both_known()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        var address = fixture.GitHub.Address;
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithQuery("page", "2").Answer(Bodies.Page(null, 2));
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Answers.Custom((context, cancellationToken) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.Append("Link", $"<{address}repos/acme/api/issues?page=9>; rel=\"last\"");
            context.Response.Headers.Append("Link", Bodies.Next(address, 2));
            return context.Response.WriteAsync(Bodies.Issues(1), cancellationToken);
        }));

        (await fixture.ListIssuesAsync()).Select(issue => issue.Number).Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("<http://[>; rel=\"next\"", typeof(UriFormatException))]
    [InlineData("<http://127.0.0.1/?page=2>; rel=\"next\", <http://127.0.0.1/?page=2>; rel=\"next\"", typeof(ArgumentException))]
    public async Task Plain_Octokit_throws_for_a_good_answer(string link, Type exception)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, Payloads.Repository("acme/api")).WithHeader("Link", link));

        (await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"))).Should().BeOfType(exception);
    }
}
