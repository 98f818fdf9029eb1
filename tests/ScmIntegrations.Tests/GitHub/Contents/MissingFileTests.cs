using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Contents;

/// <summary>What GitHub answers with one 404 is told apart; and what is there and no file is no file.</summary>
public sealed class MissingFileTests
{
    [Theory]
    [InlineData("none", null, "'none'")]
    [InlineData("README.md", "gone", "'gone'")]
    public async Task A_file_that_is_missing_is_told_from_a_repository_that_is(string path, string? gitRef, string named)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("README.md", "here");

        var call = () => fixture.GetFileAsync(path, gitRef);

        var error = (await call.Should().ThrowAsync<ScmFileNotFoundException>()).Which;
        error.Reason.Should().Be(ErrorReason.NotFound);
        error.Message.Should().Contain("acme/api is there").And.Contain(named);
        fixture.GitHub.Requests.Select(request => request.Path).Should().Equal($"/repos/acme/api/contents/{path}", "/repos/acme/api");
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_repository_that_is_missing_is_no_missing_file()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var call = () => fixture.Client.GetFileAsync(new("acme/none"), "README.md", cancellationToken: TestContext.Current.CancellationToken);

        (await call.Should().ThrowExactlyAsync<ScmNotFoundException>()).Which.Message.Should().Contain("acme/none itself");
    }

    [Fact]
    public async Task Many_missing_files_cost_one_look_at_the_repository_in_five_minutes()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.Api().PutFile("README.md", "here");
        async Task MissAsync() => await FluentActions.Awaiting(() => fixture.GetFileAsync("none")).Should().ThrowAsync<ScmFileNotFoundException>();

        await MissAsync();
        await MissAsync();
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(1);

        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await MissAsync();
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(2);
    }

    [Fact]
    public async Task Where_the_look_fails_the_404_stands_as_it_was()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("README.md", "here");
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.ServerError(500));

        var call = () => fixture.GetFileAsync("none");

        await call.Should().ThrowExactlyAsync<ScmNotFoundException>();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task An_empty_repository_is_told_as_empty()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var call = () => fixture.GetFileAsync();

        await call.Should().ThrowAsync<ScmEmptyRepositoryException>();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData("src", "directory")]
    [InlineData("lib", "submodule")]
    [InlineData("link", "symbolic link")]
    public async Task What_is_no_file_is_named(string path, string what)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().Tree = new FakeTreeBuilder().File("src/a", "a").Submodule("lib", new string('c', 40)).SymbolicLink("link", "/etc/passwd").Build();

        var get = () => fixture.GetFileAsync(path);
        var open = () => fixture.OpenFileAsync(path);

        (await get.Should().ThrowAsync<ScmFileNotFoundException>()).Which.Message.Should().Contain(what);
        await open.Should().ThrowAsync<ScmFileNotFoundException>();
        fixture.GitHub.Requests.Should().HaveCount(2, "nothing is asked besides, and nothing again");
        fixture.CountedOutcomes.Should().Equal("started", "halted", "started", "halted");
    }
}
