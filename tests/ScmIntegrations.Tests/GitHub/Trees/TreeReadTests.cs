using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>A tree past the cache, by whatever names it.</summary>
public sealed class TreeReadTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Fact]
    public async Task Every_kind_of_entry_comes_as_GitHub_has_it()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = new FakeTreeBuilder()
            .File("README.md", "hello")
            .File("src/übersicht/a b.cs")
            .Executable("build.sh", "#!/bin/sh")
            .SymbolicLink("latest", "src")
            .Submodule("vendor/lib", "1234567890123456789012345678901234567890")
            .Build();
        fixture.AddRepository("acme/api", served);

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
        tree.Sha.Should().Be(served.CommitId);
        tree.IsComplete.Should().BeTrue();
        tree.Count.Should().Be(served.Entries.Count);
        tree.Files.Select(file => file.Path).Should().Equal("README.md", "build.sh", "latest", "src/übersicht/a b.cs");
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("release/1.0")]
    [InlineData("refs/heads/release/1.0")]
    [InlineData("heads/release/1.0")]
    public async Task A_branch_is_one_request(string gitRef)
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = FakeTree.Generate(300);
        fixture.AddRepository("acme/api", served);
        fixture.GitHub.Push("acme/api", served.WithCommit("c0ffee"), "release/1.0");

        var tree = await fixture.Client.GetTreeAsync(Api, gitRef, TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
        fixture.GitHub.Requests.Should().ContainSingle().Which.Target
            .Should().Be($"/repos/acme/api/git/trees/{Uri.EscapeDataString(gitRef)}?recursive=1");
    }

    [Fact]
    public async Task A_commit_and_a_tree_are_read_by_their_ids()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var old = FakeTree.Generate(30, seed: 1);
        fixture.AddRepository("acme/api", old);
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30, seed: 2));

        var byCommit = await fixture.Client.GetTreeAsync(Api, old.CommitId, TestContext.Current.CancellationToken);
        var byTree = await fixture.Client.GetTreeAsync(Api, old.TreeId, TestContext.Current.CancellationToken);

        TreeFixture.AsServed(byCommit).Should().Equal(old.Entries);
        TreeFixture.AsServed(byTree).Should().Equal(old.Entries);
        byCommit.Sha.Should().Be(old.CommitId);
        byTree.Sha.Should().Be(old.TreeId);
    }

    [Fact]
    public async Task The_default_branch_costs_one_request_more_and_no_further_interaction()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = FakeTree.Generate(30);
        fixture.AddRepository("acme/api", served).DefaultBranch = "trunk";

        var tree = await fixture.Client.GetTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
        fixture.GitHub.Requests.Select(request => request.Target).Should().Equal(
            "/repos/acme/api", "/repos/acme/api/git/trees/trunk?recursive=1");
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
        fixture.Outcomes("get_repository").Should().BeEmpty();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"..\"")]
    public async Task Without_a_usable_default_branch_the_head_is_read(string branch)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Description).Answer(Answers.Json(200, $$"""{"id":1,"full_name":"acme/api","default_branch":{{branch}}}"""));

        var tree = await fixture.Client.GetTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        tree.Should().HaveCount(3);
        fixture.GitHub.Requests[^1].Path.Should().EndWith("/git/trees/HEAD");
    }

    [Fact]
    public async Task A_commit_without_files_is_a_tree_without_entries_and_not_an_empty_repository()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = new FakeTree("c0ffee", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", []);
        fixture.AddRepository("acme/api", served);

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        var cached = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        tree.Should().BeEmpty();
        tree.Sha.Should().Be("c0ffee");
        cached.Status.Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task The_uncached_read_asks_every_time()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        _ = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        _ = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        _ = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        fixture.TreeRequests.Should().Be(3);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("main:src")]
    [InlineData("/main")]
    [InlineData("")]
    public async Task A_ref_that_cannot_be_one_sends_nothing(string gitRef)
    {
        await using var fixture = await TreeFixture.StartAsync();

        await fixture.Client.Invoking(client => client.GetTreeAsync(Api, gitRef, TestContext.Current.CancellationToken)).Should().ThrowAsync<ArgumentException>();
        await fixture.Client.Invoking(client => client.GetCachedTreeAsync(Api, gitRef, TestContext.Current.CancellationToken)).Should().ThrowAsync<ArgumentException>();
        await fixture.Client.Awaiting(client => client.FindCachedTreeAsync(Api, gitRef, TestContext.Current.CancellationToken).AsTask()).Should().ThrowAsync<ArgumentException>();
        await fixture.Client.Awaiting(client => client.InvalidateTreeAsync(Api, gitRef, TestContext.Current.CancellationToken).AsTask()).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task The_tree_of_this_checkout_comes_as_git_lists_it()
    {
        var top = CheckoutTop();
        Assert.SkipWhen(top is null, "The tests do not run in a git checkout.");
        var served = await FakeTree.FromGitAsync(top, cancellationToken: TestContext.Current.CancellationToken);
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", served);

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
        tree.Select(entry => entry.Path).Should().Contain("src/ScmIntegrations/GitHub/Trees/Reading/TreeReader.cs");
    }

    private static string? CheckoutTop()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
