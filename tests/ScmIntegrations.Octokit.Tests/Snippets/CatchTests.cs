using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>What changes in each catch: the page's method before and after gives the same, and after knows more.</summary>
public sealed class CatchTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(12);

    [Theory]
    [InlineData("api", 3)]
    [InlineData("empty", 0)]
    [InlineData("none", null)]
    public async Task Before_and_after_agree(string name, int? entries)
    {
        await using var gitHub = await PageSetup.StartAsync();
        await using var services = gitHub.ProvideOctokit();

        (await TreeSizes.BeforeAsync(services.GetRequiredService<IGitHubClient>(), "acme", name, TimeProvider.System)).Should().Be((entries, null));
        (await AfterAsync(services, name)).Should().Be((entries, null));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_limit_says_when_to_come_back(int status)
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(Wait, status));
        await using var services = gitHub.ProvideOctokit();

        var (entries, askAgain) = await AfterAsync(services, "api");

        entries.Should().BeNull();
        askAgain.Should().BeCloseTo(TimeProvider.System.GetUtcNow() + Wait, precision: TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_three_times_and_then_later()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.ServerError());
        await using var services = gitHub.ProvideOctokit();

        var (_, askAgain) = await AfterAsync(services, "api");

        askAgain.Should().NotBeNull();
        gitHub.Requests.Should().HaveCount(3);
    }

    private static Task<(int? Entries, DateTimeOffset? AskAgain)> AfterAsync(IServiceProvider services, string name) =>
        TreeSizes.AfterAsync(services.GetRequiredService<IOctokitIntegrationClient>(), "acme", name, TimeProvider.System, PageSetup.Cancellation);
}
