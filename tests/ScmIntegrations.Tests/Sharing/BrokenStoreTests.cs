using ScmIntegrations.Caching;
using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>A store that is down, slow or ill-behaved costs a call 250 ms at most, and never fails it.</summary>
public sealed class BrokenStoreTests
{
    private static readonly StoreAnswer<Aged<byte[]>?> NoAnswer = new(IsAnswered: false, Value: null);

    [Theory]
    [InlineData("Stalls")]
    [InlineData("Blocks")]
    public async Task A_call_goes_on_without_a_store_that_says_nothing(string mood)
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = Enum.Parse<ScriptedCache.Mood>(mood);
        var began = rig.Time.GetUtcNow();

        (await rig.FindInVainAsync()).Should().Be(NoAnswer);

        (rig.Time.GetUtcNow() - began).Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(250));
        rig.Told.Should().Equal(1401);
    }

    [Fact]
    public async Task All_that_a_call_asks_costs_it_250_ms()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Stalls;
        var budget = StoreBudget.ForCall();
        var first = rig.FindAsync(budget);
        await rig.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        rig.Time.Advance(TimeSpan.FromMilliseconds(250));
        await first;

        rig.FindAsync(budget).IsCompletedSuccessfully.Should().BeTrue("its time is spent");
        rig.Store.Gets.Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_store_that_throws_is_no_exception()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Refuses;

        (await rig.FindAsync()).Should().Be(NoAnswer);
        await rig.SetAsync([1]);
        await rig.Cache.Remove(SecondLevelRig.Key);

        rig.Told.Should().Equal(1401, 1402, 1402);
        rig.Log.Lines[0].Exception.Should().BeOfType<InvalidOperationException>();
        rig.Guard.UnderWay.Should().Be(0);
    }

    [Fact]
    public async Task A_log_that_throws_changes_nothing()
    {
        using var rig = new SecondLevelRig();
        (rig.Store.Is, rig.Log.Throws) = (ScriptedCache.Mood.Refuses, true);

        (await rig.FindAsync()).Should().Be(NoAnswer);
    }

    [Theory]
    [InlineData("Stalls")]
    [InlineData("Blocks")]
    public async Task Ten_thousand_callers_wait_together_and_then_not_at_all(string mood)
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = Enum.Parse<ScriptedCache.Mood>(mood);
        var waiting = Enumerable.Range(0, 10_000).Select(_ => rig.FindAsync()).ToList();
        await rig.Time.WaitForTimersAsync(10_000, TestContext.Current.CancellationToken);

        rig.Time.Advance(TimeSpan.FromMilliseconds(250));
        (await Task.WhenAll(waiting)).Should().OnlyContain(answer => !answer.IsAnswered);
        var asked = rig.Store.Gets;
        var later = Enumerable.Range(0, 10_000).Select(_ => rig.FindAsync()).ToList();

        later.Should().OnlyContain(one => one.IsCompletedSuccessfully, "the store is left alone");
        asked.Should().BeLessThanOrEqualTo(64, "no more are under way, however many callers there are");
        rig.Store.Gets.Should().Be(asked);
        rig.Told.Count(id => id == 1401).Should().Be(1, "an outage is told once");
    }

    [Fact]
    public async Task One_caller_tries_the_store_again_for_all()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Refuses;
        await rig.FindAsync();
        await rig.FindAsync();
        await rig.FindAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(4.9));
        await rig.FindAsync();
        rig.Store.Gets.Should().Be(3);

        rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        await rig.FindAsync();
        await rig.FindAsync();
        rig.Store.Gets.Should().Be(4);

        rig.Store.Is = ScriptedCache.Mood.Well;
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        (await rig.FindAsync()).IsAnswered.Should().BeTrue();
        (await rig.FindAsync()).IsAnswered.Should().BeTrue();
        rig.Told.Should().Equal(1401, 1402, 1402, 1402, 1403);
    }

    [Fact]
    public async Task An_outage_an_hour_later_is_told_again()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Refuses;
        await rig.FindAsync();
        rig.Time.Advance(TimeSpan.FromHours(1));
        await rig.FindAsync();

        rig.Told.Should().Equal(1401, 1401);
    }

    [Fact]
    public async Task Writes_to_a_store_that_stalls_cannot_pile_up()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Stalls;
        var writes = Enumerable.Range(0, 10_000)
            .Select(number => rig.Cache.Set(
                SecondLevelKey.Of("tree", "host", "me", $"{number}"), () => new byte[1], default, default, TimeSpan.FromDays(1)))
            .ToList();

        rig.Cache.Writing.Should().BeLessThanOrEqualTo(256);
        rig.Cache.Dropped.Should().BeGreaterThanOrEqualTo(10_000 - 256 - 8);
        await rig.Time.WaitForTimersAsync(8, TestContext.Current.CancellationToken);
        rig.Time.AutoAdvance = true;
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(writes).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        rig.Cache.Writing.Should().Be(0);
        rig.Told.Count(id => id == 1405).Should().Be(1);
    }

    [Fact]
    public async Task Nothing_is_made_for_a_store_that_is_left_alone()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Refuses;
        await rig.FindAsync();
        await rig.FindAsync();
        await rig.FindAsync();
        var made = 0;

        await rig.Cache.Set(SecondLevelRig.Key, () => new byte[++made], default, default, TimeSpan.FromDays(1));

        made.Should().Be(0);
    }

    [Fact]
    public async Task A_caller_who_leaves_gets_his_own_cancellation()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Stalls;
        using var leaving = new CancellationTokenSource();
        var finding = rig.FindAsync(cancellationToken: leaving.Token);
        await rig.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);

        await leaving.CancelAsync();

        (await FluentActions.Awaiting(() => finding).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        rig.Told.Should().BeEmpty("that says nothing about the store");
        rig.Time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public async Task A_caller_with_no_time_left_says_nothing_about_the_store()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Is = ScriptedCache.Mood.Stalls;
        var finding = rig.FindAsync(new StoreBudget(TimeSpan.FromMilliseconds(10)));
        await rig.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        rig.Time.Advance(TimeSpan.FromMilliseconds(10));
        await finding;

        rig.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_caller_who_has_left_before_is_not_asked_for()
    {
        using var rig = new SecondLevelRig();

        await FluentActions.Awaiting(() => rig.FindAsync(cancellationToken: new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        rig.Store.Gets.Should().Be(0);
    }
}
