using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>The state machine, one test for each row.</summary>
public sealed class InteractionLifecycleTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public void Starting_counts_started_and_logs_nothing()
    {
        using var scope = _rig.Start();

        _rig.CountedOutcomes.Should().Equal("started");
        scope.Outcome.Should().BeNull();
        _rig.Log.Lines.Should().BeEmpty();
        _rig.Metrics.Of("scm.interactions").Single().Tags.Should().BeEquivalentTo(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["scm.interaction"] = "get_tree",
            ["scm.provider"] = "github",
            ["scm.client"] = "acme",
            ["scm.outcome"] = "started",
        });
    }

    [Fact]
    public void Entering_again_counts_nothing()
    {
        using var scope = _rig.Start();

        scope.Enter().Dispose();

        _rig.CountedOutcomes.Should().Equal("started");
        _rig.Log.Lines.Should().BeEmpty();
    }

    [Fact]
    public void A_recorded_success_counts_success_and_logs_debug()
    {
        using var scope = _rig.Start();

        scope.RecordSuccess();

        scope.Outcome.Should().Be(InteractionOutcome.Success);
        _rig.CountedOutcomes.Should().Equal("started", "success");
        _rig.Metrics.Of("scm.interactions")[1].Tags.Should().NotContainKey("error.type");
        _rig.Log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Debug);
        _rig.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public void A_recorded_halt_counts_halted_logs_information_and_is_not_reported()
    {
        using var scope = _rig.Start();

        scope.RecordHalt("missing_pr");

        scope.Outcome.Should().Be(InteractionOutcome.Halted);
        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("missing_pr");
        _rig.Log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Information);
        _rig.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public void A_recorded_failure_counts_failure_logs_a_warning_and_is_reported_once()
    {
        using var scope = _rig.Start();

        scope.RecordFailure(Sample.Error(ErrorReason.ServerError));

        scope.Outcome.Should().Be(InteractionOutcome.Failure);
        _rig.CountedOutcomes.Should().Equal("started", "failure");
        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("server_error");
        _rig.Log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);
        _rig.Reporter.Reports.Should().ContainSingle();
    }

    [Fact]
    public async Task A_body_that_returns_is_a_success()
    {
        var result = await _rig.Interactions.RunAsync(InteractionRig.GetTree, _ => Task.FromResult(42), CancellationToken.None);

        result.Should().Be(42);
        _rig.CountedOutcomes.Should().Equal("started", "success");
        _rig.LoggedEvents.Should().Equal(1001);
    }

    [Fact]
    public void A_scope_disposed_without_an_outcome_is_a_success()
    {
        var scope = _rig.Start();

        scope.Dispose();
        scope.Dispose();

        scope.Outcome.Should().Be(InteractionOutcome.Success);
        _rig.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_body_that_throws_is_a_failure()
    {
        var act = () => _rig.RunAsync(_ => throw new InvalidOperationException("Broken."));

        await act.Should().ThrowAsync<InvalidOperationException>();
        _rig.CountedOutcomes.Should().Equal("started", "failure");
        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("_OTHER");
        _rig.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Be("System.InvalidOperationException");
    }

    [Fact]
    public async Task A_body_that_throws_the_expected_is_a_halt()
    {
        var act = () => _rig.RunAsync(_ => throw Sample.Error(ErrorReason.EmptyRepository));

        await act.Should().ThrowAsync<ScmEmptyRepositoryException>();
        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("empty_repository");
        _rig.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public async Task Leaving_after_an_explicit_outcome_is_silent()
    {
        await _rig.RunAsync(scope =>
        {
            scope.RecordHalt("already_queued");
            return Task.CompletedTask;
        });

        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.LoggedEvents.Should().Equal(1002);
    }

    [Theory]
    [InlineData(ErrorReason.NotFound, InteractionOutcome.Halted)]
    [InlineData(ErrorReason.Timeout, InteractionOutcome.Failure)]
    public void A_recorded_exception_is_decided_by_the_table(ErrorReason reason, InteractionOutcome expected)
    {
        using var scope = _rig.Start();

        scope.RecordException(Sample.Error(reason));

        scope.Outcome.Should().Be(expected);
        _rig.Reporter.Reports.Should().HaveCount(expected is InteractionOutcome.Failure ? 1 : 0);
    }

    [Fact]
    public void The_duration_runs_from_the_start_to_the_outcome()
    {
        using (var scope = _rig.Start())
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(1.5));
            scope.RecordHalt("missing_pr");
            _rig.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var measured = _rig.Metrics.Of("scm.interaction.duration").Should().ContainSingle().Subject;
        measured.Value.Should().Be(1.5);
        measured.Unit.Should().Be("s");
        measured.Tags.Should().Contain("scm.outcome", "halted").And.Contain("error.type", "missing_pr");
    }

    [Fact]
    public void A_reason_that_is_a_sentence_never_becomes_a_tag()
    {
        using var scope = _rig.Start();

        scope.RecordFailure("No write access to acme/secret-plans");

        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("_OTHER");
        _rig.Reporter.Reports.Single().Reason.Should().Be("No write access to acme/secret-plans");
    }

    [Fact]
    public async Task An_argument_that_is_null_starts_nothing()
    {
        await FluentActions.Awaiting(() => _rig.RunAsync(null!)).Should().ThrowAsync<ArgumentNullException>();
        FluentActions.Invoking(() => _rig.Interactions.Start(null!, CancellationToken.None)).Should().Throw<ArgumentNullException>();

        _rig.CountedOutcomes.Should().BeEmpty();
    }

    public void Dispose() => _rig.Dispose();
}
