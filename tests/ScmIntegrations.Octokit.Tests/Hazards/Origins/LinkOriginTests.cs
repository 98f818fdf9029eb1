using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Origins;

/// <summary>The token along a <c>Link</c>.</summary>
public sealed class LinkOriginTests
{
    [Theory]
    [InlineData("http://{0}/repos/acme/api/issues?page=2")]
    [InlineData("//{0}/repos/acme/api/issues?page=2")]
    [InlineData("https://{0}/repos/acme/api/issues?page=2")]
    [InlineData("http://octocat:secret@{0}/page2")]
    public async Task The_token_does_not_follow_a_link_to_another_host(string template)
    {
        await using var thief = RawServer.Start(RawServer.Ok("[]"));
        await using var fixture = await OctokitFixture.StartAsync();
        Script(fixture, string.Format(System.Globalization.CultureInfo.InvariantCulture, template, thief.Address.Authority));

        await fixture.Awaiting(one => one.ListIssuesAsync()).Should().ThrowAsync<ScmOriginBlockedException>();

        thief.Requests.Should().BeEmpty();
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
    }

    [Fact]
    public async Task Nor_when_no_interaction_is_open()
    {
        await using var thief = RawServer.Start(RawServer.Ok("[]"));
        await using var fixture = await OctokitFixture.StartAsync();
        Script(fixture, $"{thief.Address}repos/acme/api/issues?page=2");

        await Record.ExceptionAsync(() => fixture.Direct.Issue.GetAllForRepository("acme", "api"));

        thief.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_link_within_the_origin_is_followed_with_the_token()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).AnswerInOrder(Bodies.Page(Bodies.Next(fixture.GitHub.Address, 2), 1, 2), Bodies.Page(null, 3));

        (await fixture.ListIssuesAsync()).Select(issue => issue.Number).Should().Equal(1, 2, 3);

        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Token == OctokitSetup.Token);
    }

    [Fact]
    public async Task Plain_Octokit_hands_the_token_to_the_other_host()
    {
        await using var thief = RawServer.Start(RawServer.Ok("[]"));
        await using var fixture = await OctokitFixture.StartAsync();
        Script(fixture, $"{thief.Address}repos/acme/api/issues?page=2");

        await fixture.Plain().Issue.GetAllForRepository("acme", "api");

        thief.Requests.Should().ContainSingle().Which.Should().Contain(PlainOctokit.Token);
    }

    private static void Script(OctokitFixture fixture, string next) =>
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).Answer(Bodies.Page($"<{next}>; rel=\"next\"", 1));
}
