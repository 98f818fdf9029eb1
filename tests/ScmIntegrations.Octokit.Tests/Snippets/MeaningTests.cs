using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>Code that keeps its catch, and asks what it has caught.</summary>
public sealed class MeaningTests
{
    [Fact]
    public async Task An_exception_of_Octokits_tells_when_to_come_back()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5), status: 429));
        await using var services = gitHub.ProvideOctokit();
        var told = new List<string>();

        await ReadAsync(services.GetRequiredService<IGitHubClient>(), told);

        told.Should().ContainSingle().Which.Should().StartWith("secondary_rate_limit: ").And.MatchRegex(@" \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$");
    }

    [Fact]
    public async Task So_does_one_of_a_client_that_is_not_on_the_line()
    {
        await using var gitHub = await PageSetup.StartAsync();
        gitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5), status: 429));
        var plain = new GitHubClient(new Connection(new ProductHeaderValue("service"), gitHub.Address));
        var told = new List<string>();

        await ReadAsync(plain, told);

        told.Should().ContainSingle().Which.Should().StartWith("secondary_rate_limit: ");
    }

    private static async Task ReadAsync(IGitHubClient gitHub, List<string> told)
    {
        // snippet:meaning
        try
        {
            await gitHub.Repository.Get("acme", "api");
        }
        catch (ApiException exception)
        {
            var error = exception.ToScmException();
            told.Add($"{error.Reason.ToName()}: {error.Error.Advice} {error.RetryAt:u}");
        }
        // end-snippet
    }
}
