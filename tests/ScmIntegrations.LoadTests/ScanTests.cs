using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>Ten thousand repositories, and every twentieth answer a fault.</summary>
public sealed class ScanTests(LoadReport report)
{
    private const int Repositories = 10_000;

    // What three attempts and a second pass cost: 1 + 0.05 + 0.05² + …
    private const double MostCalls = 1.06;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public Task Of_ten_thousand_repositories_under_faults_none_is_lost(ulong seed, bool bulkHeads) => VirtualTime.OnPoolAsync(async () =>
    {
        var time = new ManualTimeProvider();
        await using var gitHub = Organisation.Create(time, Repositories, hourlyLimit: 1_000_000);
        var draw = new Draw(rate: 0.05, seed);
        gitHub.When(request => draw.Hits(request.Path + request.Query)).AnswerInTurn(Answers.ServerError(502), Answers.Reset(), Answers.Real().ResetAfter(40), Answers.ServerError(503));
        await using var client = new LoadClient(gitHub, time, options =>
        {
            options.RateLimits.BackgroundRequestsPerSecond = 1_000_000;
            options.RateLimits.BackgroundBurst = 1_000_000;
            options.Trees.BulkHeads = bulkHeads;
        });

        var results = await time.RunAsync(Organisation.ScanAsync(client, new()));

        var reported = results.Select(result => result.Repository.FullName).ToHashSet(StringComparer.Ordinal).Count;
        var lost = results.Count(result => result.Status is not TreeStatus.Fetched);
        var trees = gitHub.Count(HttpMethod.Get, LoadClient.Trees);
        var (perTree, perRepository) = (trees / (double)Repositories, gitHub.Requests.Count / (double)Repositories);
        report.Add(
            6,
            $"{Repositories:N0}-repository scan, 5 % independent faults, {(bulkHeads ? "heads in bulk" : "without bulk heads")}",
            "0 unreported; 1.0525 calls a repository",
            $"{Repositories - reported} unreported, {lost} lost, {perTree:0.0000} tree calls a repository ({perRepository:0.0000} with the listing and heads)");
        results.Should().HaveCount(Repositories);
        reported.Should().Be(Repositories);
        lost.Should().Be(0);
        perTree.Should().BeInRange(1, MostCalls);
        time.ArmedTimers.Should().Be(0);
    });
}
