using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Commits;

/// <summary>A ref leads to a commit.</summary>
public sealed class CommitTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Theory]
    [InlineData(null)]
    [InlineData("main")]
    [InlineData("feature/x")]
    [InlineData("refs/heads/feature/x")]
    public async Task A_ref_is_asked_for_its_commit(string? gitRef)
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(3));
        var feature = repository.Push(FakeTree.Generate(4), "feature/x");

        var sha = await fixture.Client.GetCommitShaAsync(Api, gitRef, TestContext.Current.CancellationToken);

        sha.Should().Be(gitRef is null or "main" ? repository.CommitSha : feature.CommitId);
        fixture.GitHub.Requests.Should().ContainSingle().Which.Headers["Accept"].Should().Be("application/vnd.github.sha");
        fixture.Outcomes("get_commit").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_server_that_describes_the_whole_commit_is_understood()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/commits/main").Answer(Answers.Json(200, """{"files":[],"sha":"00112233445566778899aabbccddeeff00112233"}"""));

        (await fixture.Client.GetCommitShaAsync(Api, "main", TestContext.Current.CancellationToken)).Should().Be("00112233445566778899aabbccddeeff00112233");
    }

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("00112233445566778899aabbccddeeff0011223")]
    [InlineData("00112233445566778899aabbccddeeff0011223g")]
    [InlineData("<html>00112233445566778899aabbccddeeff00112233</html>")]
    public async Task What_is_no_id_is_unreadable(string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(200, body));

        var call = () => fixture.Client.GetCommitShaAsync(Api, "main", TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task An_empty_repository_has_none_and_is_a_halt()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api");

        var call = () => fixture.Client.GetCommitShaAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmEmptyRepositoryException>();
        fixture.Outcomes("get_commit").Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_ref_that_leads_nowhere_is_not_found()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));

        var call = () => fixture.Client.GetCommitShaAsync(Api, "nowhere", TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmNotFoundException>();
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_name_that_no_ref_can_have_is_refused_before_anything_is_sent(string gitRef)
    {
        await using var fixture = await TreeFixture.StartAsync();

        var call = () => fixture.Client.GetCommitShaAsync(Api, gitRef, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ArgumentException>();
        fixture.GitHub.Requests.Should().BeEmpty();
    }
}
