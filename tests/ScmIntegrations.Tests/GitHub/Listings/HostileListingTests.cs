using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>Lists that are not what they should be.</summary>
public sealed class HostileListingTests
{
    [Fact]
    public async Task A_link_to_another_origin_is_not_followed()
    {
        await using var fixture = await TreeFixture.StartAsync();
        await using var thief = await FakeGitHub.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(
            Answers.Json(200, """[{"id":1,"full_name":"acme/a"}]""").WithHeader("Link", $"<{thief.Address}user/repos?page=2>; rel=\"next\""));

        await using var pages = fixture.Client.ListRepositoriesAsync(cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await pages.MoveNextAsync()).Should().BeTrue("what was read is good");
        await pages.Awaiting(list => list.MoveNextAsync().AsTask()).Should().ThrowAsync<ScmOriginBlockedException>();

        thief.Requests.Should().BeEmpty();
        fixture.Outcomes("list_repositories").Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData("""[null]""")]
    [InlineData("""[{"id":1}]""")]
    [InlineData("""[{"id":1,"full_name":"a/b/c"}]""")]
    [InlineData("""[{"id":1,"full_name":"acme/../x"}]""")]
    [InlineData("""[{"id":"one","full_name":"acme/a"}]""")]
    [InlineData("""{"message":"a list was due"}""")]
    [InlineData("null")]
    [InlineData("""[{"id":1,"full_name":"acme/a"}""")]
    public async Task A_page_that_is_no_list_of_repositories_is_unreadable(string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(Answers.Json(200, body));

        await fixture.Awaiting(one => one.ListAsync()).Should().ThrowAsync<ScmUnreadableResponseException>();

        fixture.Outcomes("list_repositories").Should().Equal("started", "failure");
    }

    [Theory]
    [InlineData("http://[")]
    [InlineData("//")]
    public async Task A_link_that_is_no_address_is_unreadable(string address)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(
            Answers.Json(200, """[{"id":1,"full_name":"acme/a"}]""").WithHeader("Link", $"<{address}>; rel=\"next\""));

        await fixture.Awaiting(one => one.ListAsync()).Should().ThrowAsync<ScmUnreadableResponseException>();
    }
}
