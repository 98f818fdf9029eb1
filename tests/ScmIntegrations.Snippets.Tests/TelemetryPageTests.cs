using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The code of docs/telemetry.md and docs/how-to/telemetry.md.</summary>
public sealed class TelemetryPageTests
{
    private static CancellationToken Cancellation => PageSetup.Cancellation;

    [Fact]
    public async Task OpenTelemetry_gets_traces_and_metrics()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        var (spans, metrics) = (new Collected<Activity>(), new Collected<Metric>());
        await using (var services = gitHub.ProvideClient())
        {
            await ListenAsync(spans, metrics, () => services.GetRequiredService<IGitHubIntegrationClient>().GetTreeAsync(new("acme/api"), cancellationToken: Cancellation));
        }

        spans.Names.Should().Contain("scm.get_tree");
        metrics.Names.Should().Contain([ScmTelemetry.InteractionsInstrument, ScmTelemetry.InteractionDurationInstrument]);
    }

    [Fact]
    public async Task A_failure_is_reported_for_each_interaction_that_it_passes_through_and_a_halt_is_not()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        gitHub.AddRepository("acme/empty");
        var tracker = new List<string>();
        await using var services = gitHub.Provide(services =>
        {
            services.AddSingleton<Action<string>>(tracker.Add);
            Register(services);
        });
        var job = new NightlyJob(services.GetRequiredService<IInteractions>(), services.GetRequiredService<IGitHubIntegrationClient>());

        await job.Invoking(it => it.RunAsync(new("acme/empty"), Cancellation)).Should().ThrowAsync<ScmEmptyRepositoryException>();
        tracker.Should().BeEmpty();

        gitHub.WhenAnything().Answer(Testing.Answers.Text(501));
        await job.Invoking(it => it.RunAsync(new("acme/api"), Cancellation)).Should().ThrowAsync<ScmServerException>();
        tracker.Should().Equal("Error in get_tree: server_error", "Error in nightly_job: server_error");
    }

    private static async Task ListenAsync(BaseExporter<Activity> spanExporter, BaseExporter<Metric> metricExporter, Func<Task> work)
    {
        // snippet:opentelemetry
        using var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(ScmTelemetry.ActivitySourceName)
            .AddProcessor(new BatchActivityExportProcessor(spanExporter))
            .Build();
        using var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(ScmTelemetry.MeterName)
            .AddReader(new PeriodicExportingMetricReader(metricExporter))
            .Build();
        // end-snippet
        await work();
        traces.ForceFlush();
        metrics.ForceFlush();
    }

    private static void Register(IServiceCollection services)
    {
        var token = PageSetup.Token;
        // snippet:reporter-registration
        services.AddSingleton<IFailureReporter, TrackerReporter>();
        services.AddScmIntegrations().AddGitHub(gitHub => gitHub.UseToken(token));
        // end-snippet
    }

    // snippet:reporter
    private sealed class TrackerReporter(Action<string> enqueue) : IFailureReporter
    {
        // The call that failed waits for this method: hand the report on and return.
        public void Report(FailureReport report) => enqueue($"{report.Severity} in {report.Descriptor.Name}: {report.Reason}");
    }
    // end-snippet

    // snippet:own
    private sealed class NightlyJob(IInteractions interactions, IGitHubIntegrationClient gitHub)
    {
        public Task RunAsync(RepositoryRef repository, CancellationToken cancellationToken) =>
            interactions.RunAsync(
                new InteractionDescriptor("nightly_job", provider: "catalog"),
                async scope =>
                {
                    var tree = await gitHub.GetTreeAsync(repository, cancellationToken: cancellationToken);
                    scope.SetExtra("entries", tree.Count);
                },
                cancellationToken);
    }
    // end-snippet

    private sealed class Collected<T> : BaseExporter<T>
        where T : class
    {
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names => _names;

        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var item in batch)
            {
                _names.Add(item is Activity span ? span.OperationName : item is Metric metric ? metric.Name : "");
            }

            return ExportResult.Success;
        }
    }
}
