using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Octokit.Tests.Hazards.Origins;

/// <summary>Redirects: to another port and host, relative, and of a write.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task The_token_does_not_follow_a_redirect_to_another_port(int status)
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect($"{thief.Address}repos/acme/api", status));

        await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmOriginBlockedException>();

        thief.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://localhost:{0}/repos/acme/api")]
    [InlineData("//localhost:{0}/repos/acme/api")]
    [InlineData("https://127.0.0.1:{0}/repos/acme/api")]
    public async Task The_token_does_not_follow_a_redirect_to_another_host(string template)
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect(string.Format(System.Globalization.CultureInfo.InvariantCulture, template, thief.Port)));

        await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmOriginBlockedException>();

        thief.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("/repositories/7")]
    [InlineData("repositories/7")]
    public async Task A_relative_location_works(string location)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/old/api").Answer(Answers.Redirect(location));
        fixture.GitHub.When(request => request.Path.EndsWith("/7", StringComparison.Ordinal)).Answer(Answers.Json(200, Payloads.Repository("acme/api")));

        (await fixture.RunAsync(octokit => octokit.Repository.Get("old", "api"))).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task An_absolute_location_of_a_renamed_repository_works()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.RenameRepository("acme/api", "acme/service");

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/service");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_302_on_a_POST_does_not_send_the_body_again(int status)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect("/repos/acme/new/issues", status));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Should().ThrowAsync<ScmRedirectException>()).Which;

        error.Reason.Should().Be(ErrorReason.RedirectRefused);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_307_on_a_POST_within_the_origin_sends_it_once_there(int status)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, "/repos/acme/api/issues").Answer(Answers.Redirect("/repos/acme/new/issues", status));
        fixture.GitHub.When(HttpMethod.Post, "/repos/acme/new/issues").Answer(Answers.Json(201, Bodies.Issue(7)));

        (await fixture.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Number.Should().Be(7);

        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Body.Contains("title"));
    }

    [Fact]
    public async Task Redirects_without_an_end_are_given_up()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect("/repos/acme/api"));

        await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmRedirectException>();

        fixture.GitHub.Requests.Count.Should().BeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Plain_Octokit_hands_the_token_to_another_port()
    {
        await using var thief = RawServer.Start(RawServer.Ok(Payloads.Repository("acme/api")));
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect($"{thief.Address}repos/acme/api"));

        await fixture.Plain().Repository.Get("acme", "api");

        thief.Requests.Should().ContainSingle().Which.Should().Contain(PlainOctokit.Token);
    }

    [Fact]
    public async Task Plain_Octokit_cannot_follow_a_relative_location()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect("/repositories/7"));

        await fixture.Awaiting(one => one.Plain().Repository.Get("acme", "api")).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Plain_Octokit_sends_the_body_of_a_POST_again()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, "/repos/acme/api/issues").Answer(Answers.Redirect($"{fixture.GitHub.Address}repos/acme/new/issues", 302));
        fixture.GitHub.When(HttpMethod.Post, "/repos/acme/new/issues").Answer(Answers.Json(201, Bodies.Issue(7)));

        await fixture.Plain().Issue.Create("acme", "api", new NewIssue("title"));

        fixture.GitHub.Count(HttpMethod.Post, "/repos/acme/new/issues").Should().Be(1);
    }
}
