using System.Runtime.CompilerServices;

namespace ScmIntegrations.Tests.Interactions;

public sealed class ThrownExceptionTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public async Task The_caller_gets_the_very_same_exception_with_its_stack()
    {
        var thrown = new InvalidOperationException("Broken.");

        var act = () => _rig.RunAsync(_ => ThrowFromHereAsync(thrown));

        // Not ThrowAsync: that looks inside an AggregateException, and a wrapped exception is not the same one.
        var caught = await Record.ExceptionAsync(act);
        caught.Should().BeSameAs(thrown);
        caught!.StackTrace.Should().Contain(nameof(ThrowFromHereAsync));
    }

    [Fact]
    public async Task A_body_that_throws_before_its_first_await_fails_the_task_and_not_the_call()
    {
        var task = _rig.RunAsync(_ => throw new InvalidOperationException("Broken."));

        await FluentActions.Awaiting(() => task).Should().ThrowAsync<InvalidOperationException>();
        _rig.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task The_callers_cancellation_is_a_halt_of_its_own_kind()
    {
        using var caller = new CancellationTokenSource();

        var act = () => _rig.RunForAsync(caller, async scope =>
        {
            await caller.CancelAsync();
            scope.CancellationToken.ThrowIfCancellationRequested();
        });

        await act.Should().ThrowAsync<OperationCanceledException>();
        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("cancelled");
        _rig.Log.Lines.Single().Fields["Reason"].Should().Be("cancelled");
        _rig.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancellation_without_a_callers_token_is_taken_for_the_callers()
    {
        var act = () => _rig.RunAsync(_ => throw new TaskCanceledException());

        await act.Should().ThrowAsync<TaskCanceledException>();
        _rig.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_cancellation_by_somebody_else_is_a_failure()
    {
        using var caller = new CancellationTokenSource();

        var act = () => _rig.RunForAsync(caller, _ => throw new OperationCanceledException(new CancellationToken(canceled: true)));

        await act.Should().ThrowAsync<OperationCanceledException>();
        _rig.CountedOutcomes.Should().Equal("started", "failure");
        _rig.Metrics.Of("scm.interactions")[1].Tags["error.type"].Should().Be("_OTHER");
    }

    [Fact]
    public async Task A_timeout_that_HttpClient_dresses_as_a_cancellation_is_a_failure()
    {
        var act = () => _rig.RunAsync(_ => throw new TaskCanceledException("Timed out.", new TimeoutException()));

        await act.Should().ThrowAsync<TaskCanceledException>();
        _rig.CountedOutcomes.Should().Equal("started", "failure");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task ThrowFromHereAsync(Exception exception) => throw exception;

    public void Dispose() => _rig.Dispose();
}
