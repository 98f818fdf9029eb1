using System.Diagnostics;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

public sealed class CurrentInteractionTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public async Task The_body_sees_its_own_scope_and_the_caller_sees_none()
    {
        await _rig.RunAsync(async scope =>
        {
            await Task.Yield();
            _rig.Interactions.Current.Should().BeSameAs(scope);
        });

        _rig.Interactions.Current.Should().BeNull();
    }

    [Fact]
    public void Scopes_nest_and_give_way_in_order()
    {
        using var outer = _rig.Start();
        using (var inner = _rig.Start())
        {
            _rig.Interactions.Current.Should().BeSameAs(inner);
        }

        _rig.Interactions.Current.Should().BeSameAs(outer);
        outer.Dispose();
        _rig.Interactions.Current.Should().BeNull();
    }

    [Fact]
    public async Task Parallel_runs_do_not_see_each_other()
    {
        var allInside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inside = 0;
        var runs = Enumerable.Range(0, 50).Select(_ => _rig.RunAsync(async scope =>
        {
            if (Interlocked.Increment(ref inside) == 50)
            {
                allInside.SetResult();
            }

            await allInside.Task;
            _rig.Interactions.Current.Should().BeSameAs(scope);
        }));

        await Task.WhenAll(runs);

        _rig.Interactions.Current.Should().BeNull();
        _rig.CountedOutcomes.Count(outcome => outcome is "success").Should().Be(50);
    }

    [Fact]
    public async Task Two_singletons_do_not_share_what_is_current()
    {
        using var other = new InteractionRig();

        await _rig.RunAsync(_ =>
        {
            other.Interactions.Current.Should().BeNull();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task An_async_iterator_enters_its_scope_again_after_each_element()
    {
        var seen = new List<(InteractionScope? Lost, InteractionScope? Entered, Activity? Activity)>();
        var scopes = new List<InteractionScope>();

        await foreach (var _ in NumbersAsync(scopes, seen))
        {
            // The consumer lives outside of the interaction, and no entry leaks out to it.
            _rig.Interactions.Current.Should().BeNull();
            Activity.Current?.Source.Should().NotBeSameAs(_rig.Telemetry.ActivitySource);
        }

        var scope = scopes.Should().ContainSingle().Subject;
        seen.Should().HaveCount(2).And.AllSatisfy(step =>
        {
            step.Lost.Should().BeNull("the iterator resumes in its consumer's context, which is why Enter exists");
            step.Entered.Should().BeSameAs(scope);
            step.Activity.Should().BeSameAs(_rig.Activities.Single());
        });
        _rig.CountedOutcomes.Should().Equal("started", "success");
        _rig.Interactions.Current.Should().BeNull();
    }

    [Fact]
    public void Leaving_an_entry_gives_back_what_was_current_before()
    {
        using var outer = _rig.Start();
        using var inner = _rig.Start();

        using (outer.Enter())
        {
            _rig.Interactions.Current.Should().BeSameAs(outer);
        }

        _rig.Interactions.Current.Should().BeSameAs(inner);
        Activity.Current!.ParentSpanId.Should().NotBe(default(ActivitySpanId));
    }

    public void Dispose() => _rig.Dispose();

    private async IAsyncEnumerable<int> NumbersAsync(
        List<InteractionScope> scopes, List<(InteractionScope? Lost, InteractionScope? Entered, Activity? Activity)> seen)
    {
        using var scope = _rig.Start();
        scopes.Add(scope);
        for (var number = 0; number < 2; number++)
        {
            yield return number;
            var lost = _rig.Interactions.Current;
            using (scope.Enter())
            {
                await Task.Yield();
                seen.Add((lost, _rig.Interactions.Current, Activity.Current));
            }
        }
    }
}
