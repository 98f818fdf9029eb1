using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>Two ways to test code that runs Octokit's calls: a double, and a GitHub in memory.</summary>
public sealed class UnitTestTests
{
    [Fact]
    public async Task A_double_throws_what_the_test_wants()
    {
        // snippet:error
        var retryAt = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var limited = new ScmRateLimitException(ScmError.For(ErrorReason.SecondaryRateLimit) with { RetryAt = retryAt });
        var octokit = new OctokitDouble(Throwing(limited));

        var (_, askAgain) = await TreeSizes.AfterAsync(octokit, "acme", "api", TimeProvider.System, CancellationToken.None);

        Assert.Equal(retryAt, askAgain);
        // end-snippet
    }

    [Fact]
    public async Task A_GitHub_in_memory_answers_as_GitHub_does()
    {
        // snippet:fake
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.AddToken("ghp_test", "octocat");
        gitHub.AddRepository("acme/empty");
        var services = new ServiceCollection();
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.ApiAddress = gitHub.Address;
                options.UseToken("ghp_test");
            })
            .AddOctokit()
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        await using var provider = services.BuildServiceProvider();
        var octokit = provider.GetRequiredService<IOctokitIntegrationClient>();

        var (entries, _) = await TreeSizes.AfterAsync(octokit, "acme", "empty", TimeProvider.System, CancellationToken.None);

        Assert.Equal(0, entries);
        // end-snippet
    }

    private static IGitHubClient Throwing(Exception exception)
    {
        var client = DispatchProxy.Create<IGitHubClient, Throws>();
        ((Throws)client).Exception = exception;
        return client;
    }

    /// <summary>Octokit's client as a mocking library gives it.</summary>
    public class Throws : DispatchProxy
    {
        public Exception Exception { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw Exception;
    }
}
