using ScmIntegrations.Testing;

namespace InventoryService.Tests;

public sealed class InventoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_counted_by_language()
    {
        await using var fixture = new InventoryFixture();
        // snippet:happy-path
        fixture.GitHub.AddRepository("acme/api", repository =>
            repository.Tree = new FakeTreeBuilder().File("README.md").File("src/Program.cs").File("src/Routes.cs").Build());
        fixture.GitHub.AddRepository("acme/web", repository =>
            repository.Tree = new FakeTreeBuilder().File("index.ts").File("LICENSE").Build());

        var inventory = await fixture.Taker.TakeAsync("acme", Cancellation);

        Assert.Equal(2, inventory.Files["C#"]);
        Assert.Equal(1, inventory.Files["TypeScript"]);
        Assert.Equal(1, inventory.Files["Other"]);
        fixture.GitHub.Verify(HttpMethod.Get, "/repos/{owner}/{repo}/git/trees/{sha}", times: 2);
        // end-snippet
    }

    [Fact]
    public async Task The_second_time_nothing_is_read_again()
    {
        await using var fixture = new InventoryFixture();
        fixture.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(30));
        await fixture.Taker.TakeAsync("acme", Cancellation);
        fixture.GitHub.ClearRequests();

        await fixture.Taker.TakeAsync("acme", Cancellation);

        fixture.GitHub.VerifyNever(HttpMethod.Get, "/repos/{owner}/{repo}/git/trees/{sha}");
    }

    [Fact]
    public async Task An_empty_repository_is_no_error()
    {
        await using var fixture = new InventoryFixture();
        // snippet:empty
        fixture.GitHub.AddRepository("acme/new");

        var inventory = await fixture.Taker.TakeAsync("acme", Cancellation);

        Assert.Equal(["acme/new"], inventory.Empty);
        Assert.Empty(inventory.Refused);
        // end-snippet
    }

    [Fact]
    public async Task A_missing_permission_names_it_and_the_page_that_grants_it()
    {
        // snippet:permission
        var metadataOnly = new Dictionary<string, string>(StringComparer.Ordinal) { ["metadata"] = "read" };
        await using var fixture = new InventoryFixture(permissions: metadataOnly);
        fixture.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(3));

        var inventory = await fixture.Taker.TakeAsync("acme", Cancellation);

        var refusal = Assert.Single(inventory.Refused);
        Assert.Equal("acme/api", refusal.Repository);
        Assert.Equal("The installation lacks contents=read.", refusal.Why);
        Assert.NotNull(refusal.FixUrl);
        // end-snippet
    }
}
