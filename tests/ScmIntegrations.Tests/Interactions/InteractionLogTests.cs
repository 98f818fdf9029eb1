using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.Interactions;

public sealed class InteractionLogTests : IDisposable
{
    private readonly InteractionRig _rig = new();

    [Fact]
    public void A_line_has_the_category_and_all_fields()
    {
        var descriptor = InteractionRig.GetTree with { Extras = Facts(("installation", 7), ("repository", "acme/old")) };
        using (var scope = _rig.Interactions.Start(descriptor, CancellationToken.None))
        {
            scope.SetExtra("repository", "acme/new");
            _rig.Clock.Advance(TimeSpan.FromSeconds(3));
            scope.RecordHalt("missing_pr");
        }

        var line = _rig.Log.Lines.Should().ContainSingle().Subject;
        line.Category.Should().Be("ScmIntegrations.Interactions");
        line.Fields.Should().Contain(Facts(
            ("Interaction", "get_tree"), ("Provider", "github"), ("Client", "acme"),
            ("Outcome", "halted"), ("Reason", "missing_pr"), ("DurationSeconds", 3.0)));
        line.Fields["Extras"].Should().BeEquivalentTo(Facts(("installation", 7), ("repository", "acme/new")));
        line.Message.Should().Contain("[repository, acme/new]");
        descriptor.Extras!["repository"].Should().Be("acme/old", "a descriptor is shared by many calls");
    }

    [Fact]
    public async Task A_failure_has_the_exception_and_a_halt_only_its_text()
    {
        await Swallow(_rig.RunAsync(_ => throw Sample.Error(ErrorReason.ServerError)));
        await Swallow(_rig.RunAsync(_ => throw Sample.Error(ErrorReason.EmptyRepository)));

        _rig.Log.Lines[0].Exception.Should().BeOfType<ScmServerException>();
        _rig.Log.Lines[1].Exception.Should().BeNull();
        _rig.Log.Lines[1].Fields["Summary"].Should().Be("ScmEmptyRepositoryException: A sample of EmptyRepository.");
    }

    [Fact]
    public void A_call_that_is_sampled_away_is_counted_and_not_logged()
    {
        using (var scope = _rig.Start())
        {
            scope.RecordHalt("missing_pr", logSampleRate: 0);
        }

        _rig.CountedOutcomes.Should().Equal("started", "halted");
        _rig.Metrics.Of("scm.interaction.duration").Should().ContainSingle();
        _rig.Log.Lines.Should().BeEmpty();
    }

    [Fact]
    public void A_failure_that_is_sampled_away_is_still_reported()
    {
        using var scope = _rig.Start();

        scope.RecordFailure("broken", logSampleRate: 0);

        _rig.Log.Lines.Should().BeEmpty();
        _rig.Reporter.Reports.Should().ContainSingle();
    }

    [Fact]
    public void The_rate_of_a_call_overrides_that_of_its_descriptor()
    {
        var silent = InteractionRig.GetTree with { LogSampleRate = 0 };

        _rig.Interactions.Start(silent, CancellationToken.None).Dispose();
        _rig.Log.Lines.Should().BeEmpty();

        using var scope = _rig.Interactions.Start(silent, CancellationToken.None);
        scope.RecordHalt("missing_pr", logSampleRate: 1);
        _rig.LoggedEvents.Should().Equal(1002);
    }

    [Theory]
    [InlineData(0.29, 1)]
    [InlineData(0.30, 0)]
    public void A_draw_below_the_rate_is_logged(double draw, int lines)
    {
        using var rig = new InteractionRig(random: new FixedRandom(draw));
        var sampled = InteractionRig.GetTree with { LogSampleRate = 0.3 };

        rig.Interactions.Start(sampled, CancellationToken.None).Dispose();

        rig.Log.Lines.Should().HaveCount(lines);
    }

    [Fact]
    public async Task A_log_that_throws_changes_nothing()
    {
        _rig.Log.Throws = true;
        var thrown = Sample.Error(ErrorReason.ServerError);

        var act = () => _rig.RunAsync(scope =>
        {
            scope.ReportWarning("trouble");
            throw thrown;
        });

        (await Record.ExceptionAsync(act)).Should().BeSameAs(thrown);
        _rig.CountedOutcomes.Should().Equal("started", "failure");
        _rig.Reporter.Reports.Should().HaveCount(2);
    }

    public void Dispose() => _rig.Dispose();

    private static Dictionary<string, object?> Facts(params (string Key, object? Value)[] facts) =>
        facts.ToDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal);

    private static async Task Swallow(Task task)
    {
        try
        {
            await task;
        }
        catch (ScmException)
        {
            // Only the log is looked at.
        }
    }

    private sealed class FixedRandom(double draw) : Random
    {
        public override double NextDouble() => draw;
    }
}
