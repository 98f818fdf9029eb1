using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;

namespace InventoryService.Tests;

/// <summary>Without any GitHub: results and errors are made by hand.</summary>
public sealed class DoubleTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Results_are_made_by_hand()
    {
        // snippet:results
        var tree = new RepositoryTree("c0ffee", [new TreeEntry("src/Program.cs", "100644", TreeEntryType.Blob, new string('a', 40), size: 12)]);
        var gitHub = GitHubDouble.With(nameof(IGitHubIntegrationClient.ScanTreesAsync), _ => Stream(
            new TreeScanResult { Repository = new("acme/api"), Status = TreeStatus.Fetched, Tree = tree },
            new TreeScanResult { Repository = new("acme/shop"), Status = TreeStatus.Unavailable, Error = ScmException.From(ScmError.For(ErrorReason.RepositoryBlocked)) }));

        var inventory = await new InventoryTaker(gitHub, new GitHubWebhookReceiver(), _time).TakeAsync("acme", TestContext.Current.CancellationToken);

        Assert.Equal(1, inventory.Files["C#"]);
        Assert.Equal("acme/shop", Assert.Single(inventory.Refused).Repository);
        // end-snippet
    }

    [Fact]
    public async Task Errors_are_made_by_hand()
    {
        // snippet:errors
        var retryAt = _time.GetUtcNow() + TimeSpan.FromMinutes(5);
        var limited = new ScmRateLimitException(ScmError.For(ErrorReason.SecondaryRateLimit) with { RetryAt = retryAt });
        var gitHub = GitHubDouble.With(nameof(IGitHubIntegrationClient.ScanTreesAsync), _ => throw limited);

        var inventory = await new InventoryTaker(gitHub, new GitHubWebhookReceiver(), _time).TakeAsync("acme", TestContext.Current.CancellationToken);

        Assert.Equal(retryAt, inventory.ContinueAt);
        // end-snippet
    }

    private static async IAsyncEnumerable<TreeScanResult> Stream(params TreeScanResult[] results)
    {
        foreach (var result in results)
        {
            await Task.CompletedTask;
            yield return result;
        }
    }
}
