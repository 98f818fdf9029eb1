using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.ExtensionTests.Extensions;

/// <summary>An agent of the application's own, launched by the library's launcher; and a look-up of installations of its own.</summary>
public sealed class CodingAgentExtensionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_of_ones_own_is_launched_like_the_others()
    {
        await using var application = await Application.StartAsync((builder, _) => builder.Services
            .AddKeyedSingleton<ICodingAgentClient>("robot", (services, _) => ActivatorUtilities.CreateInstance<Robot>(services)));
        var launcher = application.Services.GetRequiredService<ICodingAgentLauncher>();
        using var metrics = new MetricRecorder(application.Services);

        var result = await launcher.LaunchAsync(
            application.Services.GetRequiredKeyedService<ICodingAgentClient>("robot"), new("Tidy up.", [Application.Api, new RepositoryRef("acme/broken")]), cancellationToken: Cancellation);

        result.LaunchedCount.Should().Be(1);
        result.Launched.Single().Task!.Id.Should().Be("robot-acme/api");
        result.Failed.Single().Failure!.Reason.Should().Be(ErrorReason.PermissionMissing);
        metrics.Counted.Should().Contain(("robot", "success"));
    }

    [Fact]
    public async Task A_name_that_an_agent_of_ones_own_has_is_not_taken_from_it()
    {
        await using var application = await Application.StartAsync((builder, _) =>
        {
            builder.Services.AddKeyedSingleton<ICodingAgentClient>("cursor", (services, _) => ActivatorUtilities.CreateInstance<Robot>(services));
            builder.AddCursorAgent(options => options.ApiKey = "key");
            builder.AddGitHub(options => options.UseToken(Application.Token)).Invoking(client => client.AddCopilotAgent(name: "cursor")).Should().Throw<InvalidOperationException>();
        });

        application.Services.GetRequiredKeyedService<ICodingAgentClient>("cursor").Should().BeOfType<Robot>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_up_of_installations_of_ones_own_takes_the_place_of_the_librarys(bool isBefore)
    {
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            builder.Services.AddKeyedSingleton<ICodingAgentClient>("robot", (services, _) => ActivatorUtilities.CreateInstance<Robot>(services));
            if (isBefore)
            {
                builder.Services.AddSingleton<IInstallationLookup, Directory>();
            }

            builder.AddGitHub(options =>
            {
                Application.Set(options, gitHub);
                options.UseToken(Application.Token);
            }).AddInstallationLookup();
            if (!isBefore)
            {
                builder.Services.AddSingleton<IInstallationLookup, Directory>();
            }
        });

        var result = await application.Services.GetRequiredService<ICodingAgentLauncher>().LaunchAsync(
            application.Services.GetRequiredKeyedService<ICodingAgentClient>("robot"), new("Tidy up.", [new RepositoryRef("acme/broken")]), cancellationToken: Cancellation);

        result.Failed.Single().Failure!.InstallationId.Should().Be(77);
    }

    private sealed class Directory : IInstallationLookup
    {
        public Task<GitHubInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default) =>
            Task.FromResult<GitHubInstallation?>(new GitHubInstallation { Id = 77 });
    }

    private sealed class Robot(IInteractions interactions, TimeProvider timeProvider) : CodingAgentClient("robot", interactions, timeProvider)
    {
        protected override Task<CodingAgentTask> StartCoreAsync(CodingAgentStart start, CancellationToken cancellationToken) =>
            start.Request.Repository.Name is "broken"
                ? throw ScmException.From(new ScmError { Reason = ErrorReason.PermissionMissing, Origin = ErrorOrigin.GitHub, Message = "Resource not accessible by integration" })
                : Task.FromResult(TaskOf($"robot-{start.Request.Repository.FullName}"));

        protected override Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken) => Task.FromResult<CodingAgentTask?>(null);

        protected override Task<CodingAgentTask> GetCoreAsync(string id, CodingAgentTask? known, CancellationToken cancellationToken) => Task.FromResult(TaskOf(id));

        protected override async IAsyncEnumerable<CodingAgentTask> ListCoreAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        protected override Task<IReadOnlyList<CodingAgentCheck>> CheckCoreAsync(RepositoryRef repository, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CodingAgentCheck>>([]);

        private CodingAgentTask TaskOf(string id) => new() { Id = id, Agent = Name, State = CodingAgentState.Running };
    }
}
