using System.Diagnostics;
using System.Diagnostics.Metrics;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

public sealed class InteractionTelemetryTests
{
    [Fact]
    public void Tags_without_a_value_are_left_out()
    {
        using var rig = new InteractionRig();

        rig.Interactions.Start(new("get_tree"), CancellationToken.None).Dispose();

        rig.Metrics.Of("scm.interactions")[1].Tags.Keys.Should().BeEquivalentTo("scm.interaction", "scm.outcome");
    }

    [Fact]
    public void A_retry_is_counted_by_client_and_reason()
    {
        using var rig = new InteractionRig();

        rig.Telemetry.CountRetry("acme", ErrorReason.ServerError);

        var measured = rig.Metrics.Of("scm.retries").Should().ContainSingle().Subject;
        measured.Value.Should().Be(1);
        measured.Tags.Should().HaveCount(2).And.Contain("scm.client", "acme").And.Contain("error.type", "server_error");
    }

    [Theory]
    [InlineData(0, "hit")]
    [InlineData(1, "miss")]
    [InlineData(2, "stale")]
    [InlineData(3, "negative")]
    public void A_cache_read_is_counted_by_client_and_result(int result, string name)
    {
        using var rig = new InteractionRig();

        rig.Telemetry.CountCacheRead("acme", (CacheReadResult)result);

        rig.Metrics.Of("scm.cache.reads").Should().ContainSingle()
            .Which.Tags.Should().HaveCount(2).And.Contain("scm.client", "acme").And.Contain("scm.cache.result", name);
    }

    [Fact]
    public void The_meter_comes_from_the_factory_and_stays_its_own()
    {
        using var factory = new OneMeterFactory();

        var telemetry = new InteractionTelemetry(factory);
        telemetry.Dispose();

        telemetry.Meter.Should().BeSameAs(factory.Made);
        telemetry.Meter.Name.Should().Be(ScmTelemetry.MeterName);
        telemetry.ActivitySource.Name.Should().Be(ScmTelemetry.ActivitySourceName);
        factory.Made!.Disposals.Should().Be(0);
    }

    [Fact]
    public async Task A_meter_listener_that_throws_changes_nothing()
    {
        using var rig = new InteractionRig();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, rig.Telemetry.Meter))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("Exporter."));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("Exporter."));
        listener.Start();

        var result = await rig.Interactions.RunAsync(InteractionRig.GetTree, _ => Task.FromResult(42), CancellationToken.None);
        rig.Telemetry.CountRetry("acme", ErrorReason.Timeout);

        result.Should().Be(42);
        rig.LoggedEvents.Should().Equal(1001);
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task An_activity_listener_that_throws_changes_nothing(string where)
    {
        using var rig = new InteractionRig(traced: false);
        using var listener = ThrowingListener(rig, where);
        ActivitySource.AddActivityListener(listener);
        var before = Activity.Current;

        var result = await rig.Interactions.RunAsync(InteractionRig.GetTree, _ => Task.FromResult(42), CancellationToken.None);
        using (rig.Start())
        {
        }

        result.Should().Be(42);
        Activity.Current.Should().BeSameAs(before);
        rig.CountedOutcomes.Should().Equal("started", "success", "started", "success");
    }

    private static ActivityListener ThrowingListener(InteractionRig rig, string where) => new()
    {
        ShouldListenTo = source => ReferenceEquals(source, rig.Telemetry.ActivitySource),
        Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            where is "sample" ? throw new InvalidOperationException("Sampler.") : ActivitySamplingResult.AllData,
        ActivityStarted = _ => ThrowIf(where is "start"),
        ActivityStopped = _ => ThrowIf(where is "stop"),
    };

    private static void ThrowIf(bool condition)
    {
        if (condition)
        {
            throw new InvalidOperationException("Exporter.");
        }
    }

    private sealed class OneMeterFactory : IMeterFactory
    {
        public CountingMeter? Made { get; private set; }

        public Meter Create(MeterOptions options) => Made = new(options);

        public void Dispose() => Made?.Dispose();
    }

    private sealed class CountingMeter(MeterOptions options) : Meter(options)
    {
        public int Disposals { get; private set; }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
