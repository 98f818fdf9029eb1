using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Trees that cannot be had, or are none.</summary>
public sealed class TreeErrorTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Fact]
    public async Task An_empty_repository_is_a_halt()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api");

        var thrown = await fixture.Client.Invoking(client => client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmEmptyRepositoryException>();

        thrown.Which.Should().BeAssignableTo<ScmConflictException>();
        thrown.Which.Reason.Should().Be(ErrorReason.EmptyRepository);
        fixture.Outcomes("get_tree").Should().Equal("started", "halted");
        fixture.TreeRequests.Should().Be(1, "asking again does not fill it");
    }

    [Fact]
    public async Task Another_conflict_is_not_an_empty_repository_and_is_not_cached()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Times(2).Answer(Answers.Conflict());

        (await fixture.Client.Invoking(client => client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmConflictException>()).Which.Reason.Should().Be(ErrorReason.RefMoved);
        await fixture.Client.Invoking(client => client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmConflictException>();

        (await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Status.Should().Be(TreeStatus.Fetched);
        fixture.Outcomes("get_tree").Should().Equal("started", "halted", "started", "halted", "started", "success");
    }

    [Fact]
    public async Task A_missing_ref_is_not_found_and_is_not_cached()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));

        await fixture.Client.Invoking(client => client.GetCachedTreeAsync(Api, "next", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmNotFoundException>();
        fixture.GitHub.Push("acme/api", FakeTree.Generate(4), "next");

        (await fixture.Client.GetCachedTreeAsync(Api, "next", TestContext.Current.CancellationToken)).Tree.Should().HaveCount(4);
    }

    [Theory]
    [InlineData("""{"sha":"c0ffee","tree":[null],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"mode":"100644","type":"blob","sha":"b10b"}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":null,"mode":"100644","type":"blob","sha":"b10b"}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"","mode":"100644","type":"blob","sha":"b10b"}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"a","type":"blob","sha":"b10b"}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"a","mode":"100644","sha":"b10b"}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"a","mode":"100644","type":"blob"}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"a","mode":"040000","type":"tree","sha":".."}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"a","mode":"040000","type":"tree","sha":""}],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[{"path":"a","mode":"100644","type":"blob","sha":"b10b","size":"big"}],"truncated":false}""")]
    [InlineData("""{"sha":"","tree":[],"truncated":false}""")]
    [InlineData("""{"sha":"..","tree":[],"truncated":true}""")]
    [InlineData("""{"tree":[],"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":null,"truncated":false}""")]
    [InlineData("""{"sha":"c0ffee","tree":[],"truncated":"no"}""")]
    [InlineData("""{"sha":"c0ffee"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_that_is_no_tree_is_unreadable_and_is_not_cached(string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.Json(200, body));

        await fixture.Client.Invoking(client => client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmUnreadableResponseException>();
        await fixture.Client.Invoking(client => client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmUnreadableResponseException>();

        (await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();
        fixture.Outcomes("get_tree").Should().Equal("started", "failure", "started", "failure");
    }

    [Fact]
    public async Task A_type_that_git_gets_later_is_kept_as_unknown()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.Json(200, """{"sha":"c0ffee","tree":[{"path":"a","mode":"1","type":"hologram","sha":"b10b"}],"truncated":false}"""));

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        tree.Should().ContainSingle().Which.Type.Should().Be(TreeEntryType.Unknown);
    }
}
