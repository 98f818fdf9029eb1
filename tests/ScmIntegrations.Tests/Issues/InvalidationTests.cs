using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Issues;

/// <summary>A push, a renaming and a read can come in any order.</summary>
public sealed class InvalidationTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Fact]
    public async Task What_was_asked_before_a_push_is_not_kept_after_it()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        var sent = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        fixture.BeforeSend = (_, _) =>
        {
            sent.TrySetResult();
            return go.Task;
        };
        var before = fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        await sent.Task;

        await fixture.Client.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        go.SetResult();
        await before;
        var after = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        after.Status.Should().Be(TreeStatus.Fetched);
        fixture.TreeRequests.Should().Be(2);
    }

    [Fact]
    public async Task A_name_that_passed_to_another_repository_never_serves_the_old_ones_tree()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3, seed: 1));
        await fixture.Client.GetRepositoryAsync(Api, TestContext.Current.CancellationToken);
        fixture.GitHub.RenameRepository("acme/api", "acme/legacy");
        fixture.AddRepository("acme/api", FakeTree.Generate(7, seed: 2));

        var present = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        await fixture.Client.GetRepositoryAsync(new("acme/legacy"), TestContext.Current.CancellationToken);
        var legacy = await fixture.Client.GetCachedTreeAsync(new("acme/legacy"), "main", TestContext.Current.CancellationToken);

        present.Tree.Count.Should().NotBe(legacy.Tree.Count);
        legacy.Status.Should().Be(TreeStatus.Fetched);
    }
}
