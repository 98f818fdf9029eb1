using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

/// <summary>A batch as it comes in life, over real HTTP: fifty repositories, ten kinds of failure, and nobody forgotten.</summary>
public sealed class FiftyRepositoriesTests
{
    private static readonly string[] NeededByCopilot = ["contents=write"];

    private static readonly (string Name, Answer Answer, LaunchFailureType Type)[] Kinds =
    [
        ("forbidden", Answers.PermissionDenied("", "Forbidden"), LaunchFailureType.GitHubAppPermissions),
        ("unlicensed", Answers.CopilotNotLicensed(), LaunchFailureType.GitHubCopilotNotLicensed),
        ("quota", Answers.CopilotInsufficientQuota(), LaunchFailureType.GitHubCopilotInsufficientQuota),
        ("disabled", Answers.CopilotNotEnabled(), LaunchFailureType.RepositoryNotEnabled),
        ("plan", Answers.PlanRequired(), LaunchFailureType.PlanRequired),
        ("sso", Answers.SamlRequired("https://github.com/orgs/acme/sso?authorization_request=1"), LaunchFailureType.Generic),
        ("network", Answers.IpAllowList("acme"), LaunchFailureType.Generic),
        ("suspended", Answers.UserSuspended(), LaunchFailureType.Generic),
        ("missing", Answers.NotFound(), LaunchFailureType.Generic),
        ("invalid", Answers.GitHubError(422, "Validation Failed"), LaunchFailureType.Generic),
    ];

    [Fact]
    public async Task Every_repository_is_accounted_for()
    {
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: AgentRig.Token);
        gitHub.AddToken(ClientSetup.Token, "octocat");
        var app = gitHub.AddApp(1, "Iv23liTests");
        gitHub.AddInstallation(app, 42, "acme", permissions: new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read" });
        string[] names = [.. Enumerable.Range(0, 50).Select(i => i < 30 ? $"good{i}" : $"{Kinds[i % 10].Name}{i}")];
        foreach (var name in names)
        {
            gitHub.AddRepository($"acme/{name}");
        }

        foreach (var (name, answer, _) in Kinds)
        {
            gitHub.When(request => request.Method == HttpMethod.Post && request.Path.StartsWith($"/agents/repos/acme/{name}", StringComparison.Ordinal)).Answer(answer);
        }

        await using var services = Services(gitHub, app);
        var seen = new Seen();

        var result = await services.GetRequiredService<ICodingAgentLauncher>().LaunchAsync(
            services.GetRequiredKeyedService<ICodingAgentClient>("github_copilot"),
            AgentRig.Batch([.. names.Select(name => $"acme/{name}")]) with { MaxConcurrency = 8 },
            seen,
            AgentRig.Token);

        result.Should().BeEquivalentTo(new { Success = true, LaunchedCount = 30, FailedCount = 20, IsCancelled = false });
        result.Launches.Select(launch => launch.Repository.Name).Should().Equal(names);
        seen.Count.Should().Be(50);
        gitHub.CopilotTasks.Select(task => task.Repository.Name).Should().BeEquivalentTo(names[..30]);
        foreach (var launch in result.Failed)
        {
            var kind = Kinds.Single(kind => launch.Repository.Name.StartsWith(kind.Name, StringComparison.Ordinal));
            launch.Failure.Should().BeEquivalentTo(new { kind.Type, InstallationId = 42L }, launch.Repository.Name);
            launch.Failure!.Message.Should().NotBeNullOrWhiteSpace();
            launch.Warnings.Should().BeEmpty();
        }

        result.Launches.Single(launch => launch.Repository.Name is "forbidden30").Failure.Should().BeEquivalentTo(new
        {
            MissingPermissions = NeededByCopilot,
            FixUrl = new Uri("https://github.com/organizations/acme/settings/installations/42/permissions/update"),
        });
        CodingAgentLaunchReport.Parse(CodingAgentLaunchReport.Of(result).ToJson()).Failures.Should().HaveCount(20).And.OnlyContain(failure => failure.GithubInstallationId == 42);
    }

    private static ServiceProvider Services(FakeGitHub gitHub, FakeApp app)
    {
        var services = new ServiceCollection();
        var integrations = services.AddScmIntegrations();
        integrations.AddGitHub(user =>
        {
            user.ApiAddress = gitHub.Address;
            user.UseToken(ClientSetup.Token);
            user.RateLimits.WriteBurst = 100;
        }).AddCopilotAgent();
        integrations.AddGitHub("app", options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseApp(app.ClientId, app.PrivateKeyPem);
        }).AddInstallationLookup();
        return services.BuildServiceProvider();
    }

    private sealed class Seen : IProgress<CodingAgentLaunch>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Report(CodingAgentLaunch value) => Interlocked.Increment(ref _count);
    }
}
