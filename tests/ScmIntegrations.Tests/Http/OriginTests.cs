using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

/// <summary>The credential goes to its origin, whatever an answer says.</summary>
public sealed class OriginTests
{
    [Fact]
    public async Task A_redirect_to_another_port_is_refused_and_nothing_arrives_there()
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Redirect($"{thief.Address}repos/acme/api"));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmOriginBlockedException>()).Which;
        error.Origin.Should().Be(ErrorOrigin.Client);
        error.Message.Should().Contain($"{thief.Port}");
        thief.Requests.Should().BeEmpty();
        fixture.GitHub.Requests.Should().ContainSingle("a refusal of ours is not tried again");
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData("http://localhost:{port}/repos/acme/api")]
    [InlineData("https://127.0.0.1:{port}/repos/acme/api")]
    [InlineData("//evil.example/repos/acme/api")]
    [InlineData("http://127.0.0.1:{port}@evil.example/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("ftp://127.0.0.1:{port}/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1.:{port}/")]
    [InlineData("javascript:alert(1)")]
    public async Task A_redirect_or_a_next_page_elsewhere_is_refused(string target)
    {
        await using var fixture = await ClientFixture.StartAsync();
        target = target.Replace("{port}", $"{fixture.GitHub.Address.Port}", StringComparison.Ordinal);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Redirect(target));
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Answer(Answers.Json(200, "[]").WithHeader("Link", $"<{target}>; rel=\"next\""));

        var redirected = fixture.GetApiAsync;
        var paged = () => ListAsync(fixture);

        await redirected.Should().ThrowAsync<ScmOriginBlockedException>();
        await paged.Should().ThrowAsync<ScmOriginBlockedException>();
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_next_page_on_another_port_is_refused_and_nothing_arrives_there()
    {
        await using var thief = RawServer.Start(RawServer.Ok("[]"));
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Answer(Answers.Json(200, "[]").WithHeader("Link", $"<{thief.Address}user/repos?page=2>; rel=\"next\""));

        var call = () => ListAsync(fixture);

        await call.Should().ThrowAsync<ScmOriginBlockedException>();
        thief.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("</user/repos?page=2>; rel=\"next\"")]
    [InlineData("<?page=2>; rel=next")]
    public async Task A_relative_next_page_is_followed(string link)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Once().Answer(Answers.Json(200, "[]").WithHeader("Link", link));
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Answer(Answers.Json(200, "[]"));

        await ListAsync(fixture);

        fixture.GitHub.Requests.Should().HaveCount(2);
        fixture.GitHub.Requests[1].Target.Should().Be("/user/repos?page=2");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("<")]
    [InlineData("<http://x")]
    [InlineData("; rel=\"next\"")]
    [InlineData("<>")]
    public async Task A_Link_without_a_next_page_ends_the_list(string link)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Answer(Answers.Json(200, "[]").WithHeader("Link", link));

        await ListAsync(fixture);

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("<http://[>; rel=\"next\"")]
    [InlineData("<//>; rel=\"next\"")]
    [InlineData("<http://>; rel=\"next\"")]
    public async Task A_next_page_that_is_no_address_makes_the_answer_unreadable(string link)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/user/repos").Answer(Answers.Json(200, "[]").WithHeader("Link", link));

        var call = () => ListAsync(fixture);

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task A_route_that_looks_like_an_address_stays_on_the_origin()
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await ClientFixture.StartAsync();

        await Record.ExceptionAsync(() => fixture.SendAsync(HttpMethod.Get, $"/{thief.Address}"));

        thief.Requests.Should().BeEmpty();
    }

    private static async Task ListAsync(ClientFixture fixture)
    {
        await foreach (var repository in fixture.Client.ListRepositoriesAsync(RepositorySource.AuthenticatedUser, TestContext.Current.CancellationToken))
        {
            repository.Should().NotBeNull();
        }
    }
}
