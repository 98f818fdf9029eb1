using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;

namespace ScmIntegrations.ExtensionTests.Extensions;

/// <summary>Who is told of failures, and which errors are one, is the application's to say by registering a service.</summary>
public sealed class InteractionExtensionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_failure_reporter_that_is_registered_is_told_before_or_after_the_library()
    {
        var (before, after) = (new RecordingReporter(), new RecordingReporter());
        var services = new ServiceCollection().AddSingleton<IFailureReporter>(before);
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: Cancellation);
        services.AddScmIntegrations().AddGitHub(options =>
        {
            Application.Set(options, gitHub);
            options.UseToken("unknown");
        });
        services.AddSingleton<IFailureReporter>(after);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IGitHubIntegrationClient>().Awaiting(client => client.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmUnauthorizedException>();

        before.Reports.Should().ContainSingle().Which.Exception.Should().BeOfType<ScmUnauthorizedException>();
        after.Reports.Should().BeEquivalentTo(before.Reports);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outcome_override_that_is_registered_decides(bool isRegistered)
    {
        var reporter = new RecordingReporter();
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            builder.Services.AddSingleton<IFailureReporter>(reporter);
            if (isRegistered)
            {
                builder.Services.AddSingleton<IOutcomeOverride, EmptinessIsAFailure>();
            }

            builder.AddGitHub(options =>
            {
                Application.Set(options, gitHub);
                options.UseToken(Application.Token);
            });
        });
        using var metrics = new MetricRecorder(application.Services);

        await application.Client.Awaiting(client => client.GetTreeAsync(new("acme/empty"), "main", Cancellation)).Should().ThrowAsync<ScmEmptyRepositoryException>();

        metrics.Counted[^1].Outcome.Should().Be(isRegistered ? "failure" : "halted");
        reporter.Reports.Should().HaveCount(isRegistered ? 1 : 0);
    }

    private sealed class EmptinessIsAFailure : IOutcomeOverride
    {
        public InteractionOutcome? Override(ScmException exception) => exception is ScmEmptyRepositoryException ? InteractionOutcome.Failure : null;
    }
}
