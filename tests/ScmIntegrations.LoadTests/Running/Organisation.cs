using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>A GitHub with many repositories, and a scan of them all.</summary>
internal static class Organisation
{
    public static FakeGitHub Create(TimeProvider time, int repositories, int hourlyLimit)
    {
        var gitHub = FakeGitHub.InMemory(options =>
        {
            options.TimeProvider = time;
            options.RateLimit = hourlyLimit;
        });
        var tree = FakeTree.Generate(5);
        for (var number = 1; number <= repositories; number++)
        {
            gitHub.AddRepository(Name(number), repository => repository.Tree = tree);
        }

        return gitHub;
    }

    public static string Name(int number) => $"acme/r{number:D5}";

    public static async Task<IReadOnlyList<TreeScanResult>> ScanAsync(LoadClient client, TreeScanOptions options)
    {
        var results = new List<TreeScanResult>();
        await foreach (var result in client.GitHub.ScanTreesAsync(options, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }
}
