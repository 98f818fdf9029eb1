using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

public sealed class SecondOutcomeTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public void A_second_outcome_is_ignored_and_warned_about_once()
    {
        using (var scope = _rig.Start())
        {
            scope.RecordHalt("missing_pr");
            scope.RecordFailure(Sample.Error(ErrorReason.ServerError));
            scope.RecordSuccess();
            scope.Outcome.Should().Be(InteractionOutcome.Halted);
        }

        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.Metrics.Of("scm.interaction.duration").Should().ContainSingle();
        _rig.Reporter.Reports.Should().BeEmpty();
        _rig.LoggedEvents.Should().Equal(1002, 1004);
        var warning = _rig.Log.Lines[1];
        warning.Level.Should().Be(LogLevel.Warning);
        warning.Fields.Should().Contain("Outcome", "halted").And.Contain("IgnoredOutcome", "failure").And.Contain("Reason", "server_error");
    }

    [Fact]
    public void Halts_recorded_in_a_loop_leave_one_halt()
    {
        using (var scope = _rig.Start())
        {
            for (var round = 0; round < 5; round++)
            {
                scope.RecordHalt("missing_pr");
            }
        }

        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.LoggedEvents.Should().Equal(1002, 1004);
    }

    [Fact]
    public async Task A_thousand_concurrent_outcomes_leave_exactly_one()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var scope = _rig.Start();
        Action[] endings =
        [
            scope.RecordSuccess,
            () => scope.RecordHalt("missing_pr"),
            () => scope.RecordFailure("broken"),
            () => scope.RecordException(Sample.Error(ErrorReason.Timeout)),
            scope.Dispose,
        ];
        var racers = Enumerable.Range(0, 1000).Select(async index =>
        {
            await go.Task;
            endings[index % endings.Length]();
        }).ToArray();

        go.SetResult();
        await Task.WhenAll(racers);

        _rig.CountedOutcomes.Should().HaveCount(2);
        _rig.CountedOutcomes.Last().Should().Be(scope.Outcome!.Value.ToName());
        _rig.Metrics.Of("scm.interaction.duration").Should().ContainSingle();
        _rig.LoggedEvents.Count(id => id is 1001 or 1002 or 1003).Should().Be(1);
        _rig.LoggedEvents.Count(id => id is 1004).Should().Be(1);
        _rig.Reporter.Reports.Should().HaveCount(scope.Outcome is InteractionOutcome.Failure ? 1 : 0);
        _rig.Activities.Should().ContainSingle().Which.GetTagItem("scm.outcome").Should().Be(scope.Outcome.Value.ToName());
    }

    [Fact]
    public async Task A_body_that_throws_after_its_own_outcome_keeps_it_and_still_throws()
    {
        var thrown = new InvalidOperationException("Too late.");

        var act = () => _rig.RunAsync(scope =>
        {
            scope.RecordSuccess();
            throw thrown;
        });

        (await Record.ExceptionAsync(act)).Should().BeSameAs(thrown);
        _rig.CountedOutcomes.Should().Equal("started", "success");
        _rig.Reporter.Reports.Should().BeEmpty();
        _rig.LoggedEvents.Should().Equal(1001, 1005);
        _rig.Log.Lines[1].Level.Should().Be(LogLevel.Debug);
        _rig.Log.Lines[1].Exception.Should().BeSameAs(thrown);
    }

    [Fact]
    public async Task A_halt_recorded_before_the_exception_wins()
    {
        var act = () => _rig.RunAsync(scope =>
        {
            var error = Sample.Error(ErrorReason.ServerError);
            scope.RecordHalt(error);
            throw error;
        });

        await act.Should().ThrowAsync<ScmServerException>();
        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.Reporter.Reports.Should().BeEmpty();
        _rig.LoggedEvents.Should().NotContain(1004);
    }

    public void Dispose() => _rig.Dispose();
}
