using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

public sealed class FailureReportingTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public void A_report_holds_what_somebody_needs_to_look()
    {
        var error = Sample.Error(ErrorReason.ServerError);
        using (var scope = _rig.Start())
        {
            scope.SetExtra("repository", "acme/app");
            _rig.Clock.Advance(TimeSpan.FromSeconds(2));
            scope.RecordFailure(error);
        }

        var report = _rig.Reporter.Reports.Should().ContainSingle().Subject;
        report.Descriptor.Should().BeSameAs(InteractionRig.GetTree);
        report.Outcome.Should().Be(InteractionOutcome.Failure);
        report.Severity.Should().Be(FailureSeverity.Error);
        report.Reason.Should().Be("server_error");
        report.Exception.Should().BeSameAs(error);
        report.Extras.Should().Contain("repository", "acme/app");
        report.Duration.Should().Be(TimeSpan.FromSeconds(2));
        report.TraceId.Should().Be(_rig.Activities.Single().TraceId.ToHexString());
        report.SpanId.Should().Be(_rig.Activities.Single().SpanId.ToHexString());
    }

    [Fact]
    public void A_reason_in_words_is_reported_like_an_exception()
    {
        using var scope = _rig.Start();

        scope.RecordFailure("no_default_branch");

        _rig.Reporter.Reports.Should().ContainSingle().Which.Exception.Should().BeNull();
    }

    [Fact]
    public void A_failure_can_ask_not_to_be_reported()
    {
        using var scope = _rig.Start();

        scope.RecordFailure(Sample.Error(ErrorReason.ServerError), report: false);

        _rig.CountedOutcomes.Should().Equal("started", "failure");
        _rig.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public void A_halt_is_reported_only_when_it_asks_and_as_a_warning()
    {
        using (var quiet = _rig.Start())
        {
            quiet.RecordHalt(Sample.Error(ErrorReason.ServerError));
        }

        _rig.Reporter.Reports.Should().BeEmpty();

        using var asking = _rig.Start();
        asking.RecordHalt("no_write_access", report: true);

        var report = _rig.Reporter.Reports.Should().ContainSingle().Subject;
        report.Severity.Should().Be(FailureSeverity.Warning);
        report.Outcome.Should().Be(InteractionOutcome.Halted);
    }

    [Fact]
    public void A_handled_trouble_is_reported_as_a_warning_and_leaves_the_outcome_alone()
    {
        var trouble = new InvalidOperationException("No installation.");
        using (var scope = _rig.Start())
        {
            scope.ReportWarning("installation look-up failed", trouble);
            scope.Outcome.Should().BeNull();
        }

        var report = _rig.Reporter.Reports.Should().ContainSingle().Subject;
        report.Severity.Should().Be(FailureSeverity.Warning);
        report.Outcome.Should().BeNull();
        report.Reason.Should().Be("installation look-up failed");
        report.Exception.Should().BeSameAs(trouble);
        _rig.CountedOutcomes.Should().Equal("started", "success");
        _rig.LoggedEvents.Should().Equal(1007, 1001);
    }

    [Fact]
    public async Task A_reporter_that_throws_changes_nothing_but_one_log_line()
    {
        var second = new RecordingReporter();
        using var rig = new InteractionRig([new ThrowingReporter(), second]);
        var thrown = Sample.Error(ErrorReason.ServerError);

        var act = () => rig.RunAsync(_ => throw thrown);

        (await Record.ExceptionAsync(act)).Should().BeSameAs(thrown);
        rig.CountedOutcomes.Should().Equal("started", "failure");
        rig.LoggedEvents.Should().Equal(1003, 1006);
        second.Reports.Should().ContainSingle();
    }

    [Fact]
    public void Without_reporters_a_failure_is_still_counted_and_logged()
    {
        using var rig = new InteractionRig([]);
        using var scope = rig.Start();

        scope.RecordFailure("broken");

        rig.CountedOutcomes.Should().Equal("started", "failure");
        rig.LoggedEvents.Should().Equal(1003);
    }

    public void Dispose() => _rig.Dispose();

    private sealed class ThrowingReporter : IFailureReporter
    {
        public void Report(FailureReport report) => throw new InvalidOperationException("The tracker is down.");
    }
}
