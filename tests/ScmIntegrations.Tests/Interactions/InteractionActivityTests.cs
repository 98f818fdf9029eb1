using System.Diagnostics;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Interactions;

public sealed class InteractionActivityTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public async Task A_success_is_a_span_without_an_error()
    {
        await _rig.RunAsync(_ => Task.CompletedTask);

        var activity = _rig.Activities.Should().ContainSingle().Subject;
        activity.OperationName.Should().Be("scm.get_tree");
        activity.Kind.Should().Be(ActivityKind.Internal);
        activity.Status.Should().Be(ActivityStatusCode.Unset);
        activity.TagObjects.Should().BeEquivalentTo(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["scm.interaction"] = "get_tree",
            ["scm.provider"] = "github",
            ["scm.client"] = "acme",
            ["scm.outcome"] = "success",
        });
    }

    [Theory]
    [InlineData(ErrorReason.EmptyRepository, "halted", "empty_repository", ActivityStatusCode.Unset)]
    [InlineData(ErrorReason.ServerError, "failure", "server_error", ActivityStatusCode.Error)]
    public void The_status_is_an_error_only_for_a_failure(ErrorReason reason, string outcome, string errorType, ActivityStatusCode status)
    {
        using (var scope = _rig.Start())
        {
            scope.RecordException(Sample.Error(reason));
        }

        var activity = _rig.Activities.Should().ContainSingle().Subject;
        activity.GetTagItem("scm.outcome").Should().Be(outcome);
        activity.GetTagItem("error.type").Should().Be(errorType);
        activity.Status.Should().Be(status);
    }

    [Fact]
    public async Task An_interaction_inside_another_is_its_child_and_both_leave_no_trace_behind()
    {
        var before = Activity.Current;

        await _rig.RunAsync(async _ => await _rig.RunAsync(_ => Task.CompletedTask));

        var (inner, outer) = (_rig.Activities[0], _rig.Activities[1]);
        inner.ParentSpanId.Should().Be(outer.SpanId);
        inner.TraceId.Should().Be(outer.TraceId);
        Activity.Current.Should().BeSameAs(before);
    }

    [Fact]
    public async Task The_body_runs_inside_the_span_until_it_leaves_even_after_its_outcome()
    {
        Activity? during = null;

        await _rig.RunAsync(scope =>
        {
            scope.RecordSuccess();
            during = Activity.Current;
            _rig.Activities.Should().BeEmpty();
            return Task.CompletedTask;
        });

        during.Should().NotBeNull().And.BeSameAs(_rig.Activities.Single());
    }

    [Fact]
    public void Disposing_elsewhere_leaves_the_current_activity_of_that_place_alone()
    {
        var scope = _rig.Start();
        using var other = new Activity("other");
        other.Start();

        scope.Dispose();

        Activity.Current.Should().BeSameAs(other);
        _rig.Activities.Should().ContainSingle();
    }

    [Fact]
    public void A_report_of_an_interaction_that_is_not_sampled_names_the_span_around_it()
    {
        using var rig = new InteractionRig(traced: false);
        using var request = new Activity("request");
        request.Start();
        using var scope = rig.Start();

        scope.RecordFailure("broken");

        rig.Reporter.Reports.Single().SpanId.Should().Be(request.SpanId.ToHexString());
    }

    public void Dispose() => _rig.Dispose();
}
