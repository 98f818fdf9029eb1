using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

public sealed class RedirectTests
{
    [Fact]
    public async Task A_renamed_repository_is_found_through_its_redirect()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.RenameRepository("acme/api", "acme/service");

        var repository = await fixture.GetApiAsync();

        repository.FullName.Should().Be("acme/service");
        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Token == ClientSetup.Token);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_read_follows_a_redirect_within_the_origin(int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/old").Answer(Answers.Redirect("/repos/acme/api", status));

        await fixture.SendAsync(HttpMethod.Get, "/old");

        fixture.GitHub.Requests.Select(request => request.Target).Should().Equal("/old", "/repos/acme/api");
    }

    [Theory]
    [InlineData("PATCH", 307)]
    [InlineData("POST", 308)]
    [InlineData("PUT", 307)]
    public async Task A_write_is_sent_again_with_its_body_where_the_status_says_so(string method, int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(new HttpMethod(method), "/things").Answer(Answers.Redirect(fixture.GitHub.Address + "moved", status));
        fixture.GitHub.When(new HttpMethod(method), "/moved").Answer(Answers.Text(204));

        await fixture.SendWithBodyAsync(new HttpMethod(method));

        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => request.Body == "\"body\"" && request.Method.Method == method);
    }

    [Theory]
    [InlineData("POST", 301)]
    [InlineData("POST", 302)]
    [InlineData("POST", 303)]
    [InlineData("PATCH", 302)]
    [InlineData("DELETE", 301)]
    [InlineData("PUT", 303)]
    public async Task A_write_is_not_sent_again_where_the_status_does_not_say_so(string method, int status)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(request => request.Fits(new HttpMethod(method), "/things")).Answer(Answers.Redirect("/moved", status));

        var call = () => fixture.SendWithBodyAsync(new HttpMethod(method));

        (await call.Should().ThrowAsync<ScmException>()).Which.Reason.Should().Be(ErrorReason.RedirectRefused);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect("/repos/acme/api"));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmException>()).Which.Reason.Should().Be(ErrorReason.RedirectRefused);
        fixture.GitHub.Requests.Should().HaveCount(6, "five redirects are followed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://[")]
    [InlineData("//")]
    [InlineData("http://")]
    [InlineData("///")]
    [InlineData("http:///x")]
    [InlineData("//:80/")]
    public async Task A_redirect_to_nowhere_is_refused(string location)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Redirect(location));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmException>()).Which.Reason.Should().BeOneOf(ErrorReason.RedirectRefused, ErrorReason.OriginBlocked);
        fixture.GitHub.Requests.Should().HaveCountLessThanOrEqualTo(6);
    }
}
