// snippet:test
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ReportService.Tests;

public sealed class FileReportTests
{
    private static readonly RepositoryRef Repository = new("acme/api");

    [Fact]
    public async Task Files_are_counted_by_extension()
    {
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.FromPaths("README.md", "src/Order.cs", "src/Program.cs"));
        await using var services = Services(gitHub);

        var counts = await services.GetRequiredService<FileReport>().CountAsync(Repository);

        Assert.Equal(2, counts[".cs"]);
        Assert.Equal(1, counts[".md"]);
    }

    [Fact]
    public async Task An_empty_repository_has_no_files()
    {
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.AddRepository("acme/api");
        await using var services = Services(gitHub);

        Assert.Empty(await services.GetRequiredService<FileReport>().CountAsync(Repository));
    }

    [Fact]
    public async Task A_rate_limit_is_told_at_once_with_its_end()
    {
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.AddRepository("acme/api");
        gitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(resetIn: TimeSpan.FromMinutes(10)));
        await using var services = Services(gitHub);

        var limit = await Assert.ThrowsAsync<ScmRateLimitException>(() => services.GetRequiredService<FileReport>().CountAsync(Repository));

        Assert.NotNull(limit.RetryAt);
        Assert.Single(gitHub.Requests);
    }

    // The service as Program.cs registers it, with a GitHub in memory at the end of its line.
    private static ServiceProvider Services(FakeGitHub gitHub)
    {
        gitHub.AddToken("test-token", "octocat");
        var services = new ServiceCollection();
        services.AddSingleton<FileReport>();
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.ApiAddress = gitHub.Address;
                options.UseToken("test-token");
            })
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        return services.BuildServiceProvider();
    }
}
// end-snippet
