using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>What a consumer's test sees that asks the fake for something it does not know: the cause, at once.</summary>
public sealed class UnmatchedRequestTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task In_memory_the_exception_comes_through_the_line_as_it_is_and_nothing_is_tried_again()
    {
        await using var gitHub = FakeGitHub.InMemory(Configure);
        await using var services = Register(gitHub, inMemory: true);

        var asking = () => AskAsync(services);

        (await asking.Should().ThrowExactlyAsync<UnmatchedRequestException>()).WithMessage("*GET /repos/acme/api/git/tree/main*the segment 'tree' is 'trees' there*");
        gitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Over_http_the_error_says_it_and_nothing_is_tried_again()
    {
        await using var gitHub = await FakeGitHub.StartAsync(Configure, TestContext.Current.CancellationToken);
        await using var services = Register(gitHub, inMemory: false);

        var asking = () => AskAsync(services);

        (await asking.Should().ThrowExactlyAsync<ScmServerException>()).WithMessage("*the segment 'tree' is 'trees' there*");
        gitHub.Requests.Should().ContainSingle();
        gitHub.Invoking(fake => fake.VerifyNoUnmatchedRequests()).Should().Throw<UnmatchedRequestException>();
    }

    private static Task AskAsync(IServiceProvider services) =>
        services.GetRequiredService<IGitHubIntegrationClient>().SendAsync(
            GitHubRequest.Get("/repos/{owner}/{repo}/git/tree/{sha}", "acme", "api", "main"),
            TestContext.Current.CancellationToken);

    private ServiceProvider Register(FakeGitHub gitHub, bool inMemory)
    {
        gitHub.AddToken("ghp_reader", "octocat");
        var builder = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddScmIntegrations().AddGitHub(options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseToken("ghp_reader");
        });
        if (inMemory)
        {
            builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler());
        }

        return builder.Services.BuildServiceProvider();
    }

    private void Configure(FakeGitHubOptions options) => options.TimeProvider = _time;
}
