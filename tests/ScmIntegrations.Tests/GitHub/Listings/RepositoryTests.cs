using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>One repository's description.</summary>
public sealed class RepositoryTests
{
    [Fact]
    public async Task A_repository_is_described_as_GitHub_has_it()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = fixture.GitHub.AddRepository("acme/api", repository =>
        {
            repository.IsArchived = true;
            repository.DefaultBranch = "trunk";
        });

        var found = await fixture.Client.GetRepositoryAsync(new("acme/api"), TestContext.Current.CancellationToken);

        found.Id.Should().Be(served.Id);
        found.FullName.Should().Be("acme/api");
        found.DefaultBranch.Should().Be("trunk");
        found.IsArchived.Should().BeTrue();
        found.IsPrivate.Should().BeTrue();
        found.HtmlUrl.Should().Be("https://github.com/acme/api");
        fixture.Outcomes("get_repository").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_renamed_repository_is_found_under_its_old_name()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/old");
        fixture.GitHub.RenameRepository("acme/old", "acme/new");

        var found = await fixture.Client.GetRepositoryAsync(new("acme/old"), TestContext.Current.CancellationToken);

        found.FullName.Should().Be("acme/new");
    }

    [Fact]
    public async Task A_missing_repository_is_a_halt()
    {
        await using var fixture = await TreeFixture.StartAsync();

        await fixture.Client.Invoking(client => client.GetRepositoryAsync(new("acme/none"), TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmNotFoundException>();

        fixture.Outcomes("get_repository").Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData("""{"id":1,"full_name":"../x"}""")]
    [InlineData("""{"id":1,"full_name":"no-owner"}""")]
    [InlineData("""{"id":1,"full_name":null}""")]
    [InlineData("""{"full_name":"acme/api"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task A_description_that_is_none_is_unreadable(string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Description).Answer(Answers.Json(200, body));

        await fixture.Client.Invoking(client => client.GetRepositoryAsync(new("acme/api"), TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmUnreadableResponseException>();

        fixture.Outcomes("get_repository").Should().Equal("started", "failure");
    }
}
