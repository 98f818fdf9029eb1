using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The code of docs/how-to/rate-limits.md.</summary>
public sealed class RateLimitPageTests
{
    private static CancellationToken Cancellation => PageSetup.Cancellation;

    [Fact]
    public async Task A_limited_job_is_put_off_and_nothing_more_is_sent()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        gitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(20)));
        await using var services = gitHub.ProvideClient();
        var later = new List<DateTimeOffset>();

        await RunAsync(services.GetRequiredService<IGitHubIntegrationClient>(), new("acme/api"), later.Add, TimeProvider.System, Cancellation);
        await RunAsync(services.GetRequiredService<IGitHubIntegrationClient>(), new("acme/api"), later.Add, TimeProvider.System, Cancellation);

        var soon = TimeProvider.System.GetUtcNow().AddMinutes(19);
        later.Should().HaveCount(2).And.OnlyContain(time => time > soon);
        gitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Options_of_a_client_that_may_wait_are_in_range()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.Provide(Register);

        await services.GetRequiredService<IGitHubIntegrationClient>().GetTreeAsync(new("acme/api"), cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_background_request_is_an_ordinary_one_that_gives_way()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        gitHub.When(HttpMethod.Get, "/repos/acme/api/topics").Answer(Answers.Json(200, """{"names":["billing"]}"""));
        await using var services = gitHub.ProvideClient();

        (await TopicsAsync(services.GetRequiredService<IGitHubIntegrationClient>(), new("acme/api"), Cancellation)).Should().Equal("billing");
    }

    [Fact]
    public async Task A_scan_is_planned_and_goes_on_from_its_checkpoint()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.ProvideClient();

        (await ScanAsync(services.GetRequiredService<IGitHubIntegrationClient>(), null, Cancellation)).Should().StartWith("1.");
    }

    [Fact]
    public async Task What_is_left_is_told()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.ProvideClient();

        (await LeftAsync(services.GetRequiredService<IGitHubIntegrationClient>(), Cancellation)).Should().BeGreaterThan(0);
    }

    private static async Task RunAsync(IGitHubIntegrationClient client, RepositoryRef repository, Action<DateTimeOffset> scheduleAt, TimeProvider time, CancellationToken cancellationToken)
    {
        // snippet:later
        try
        {
            await client.GetTreeAsync(repository, cancellationToken: cancellationToken);
        }
        catch (ScmRateLimitException limit)
        {
            scheduleAt(limit.RetryAt ?? time.GetUtcNow().AddMinutes(1));
        }
        // end-snippet
    }

    private static void Register(IServiceCollection services)
    {
        var token = PageSetup.Token;
        // snippet:wait
        services.AddScmIntegrations().AddGitHub(gitHub =>
        {
            gitHub.UseToken(token);
            gitHub.Resilience.Deadline = TimeSpan.FromMinutes(5);
            gitHub.Resilience.MaxRateLimitWait = TimeSpan.FromMinutes(4);
        });
        // end-snippet
    }

    private static async Task<IReadOnlyList<string>> TopicsAsync(IGitHubIntegrationClient client, RepositoryRef repository, CancellationToken cancellationToken)
    {
        // snippet:background
        var request = GitHubRequest.Get("/repos/{owner}/{repo}/topics", repository.Owner, repository.Name) with { Lane = RequestLane.Background };
        var topics = await client.SendAsync(request, TopicsJson.Default.Topics, cancellationToken);
        // end-snippet
        return topics.Names;
    }

    // snippet:scan
    private static async Task<string> ScanAsync(IGitHubIntegrationClient client, string? saved, CancellationToken cancellationToken)
    {
        var checkpoint = saved is null ? new TreeScanCheckpoint() : TreeScanCheckpoint.Parse(saved);
        var options = new TreeScanOptions { Checkpoint = checkpoint };
        var plan = await client.PlanScanAsync(options, cancellationToken);
        Console.WriteLine($"{plan.Repositories} repositories, at most {plan.MostRequests} requests, done about {plan.EndsAt:u}");

        await foreach (var scan in client.ScanTreesAsync(options, cancellationToken))
        {
            Console.WriteLine($"{scan.Repository}: {scan.Status}"); // Skipped: not asked, because of the limit
        }

        return checkpoint.ToString(); // to be saved, and given to the next run
    }
    // end-snippet

    private static async Task<int> LeftAsync(IGitHubIntegrationClient client, CancellationToken cancellationToken)
    {
        // snippet:left
        var limits = await client.GetRateLimitAsync(cancellationToken);
        var left = limits.Resources["core"].Remaining;
        // end-snippet
        return left;
    }
}

internal sealed record Topics(IReadOnlyList<string> Names);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Topics))]
internal sealed partial class TopicsJson : JsonSerializerContext;
