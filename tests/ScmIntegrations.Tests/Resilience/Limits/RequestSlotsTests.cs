using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>So many requests at a time, interactive ones first, and every slot comes back.</summary>
public sealed class RequestSlotsTests
{
    [Fact]
    public void No_more_are_taken_than_there_are()
    {
        var slots = new RequestSlots(100, 80);
        var waits = Wait(slots, RequestLane.Interactive, 150);

        Served(waits).Should().Be(100);
        slots.Release(RequestLane.Interactive);
        Served(waits).Should().Be(101);
        slots.Taken.Should().Be(100);
    }

    [Fact]
    public void Background_requests_leave_room_to_interactive_ones()
    {
        var slots = new RequestSlots(100, 80);
        var background = Wait(slots, RequestLane.Background, 5000);

        Served(background).Should().Be(80);
        Served(Wait(slots, RequestLane.Interactive, 20)).Should().Be(20);
    }

    [Fact]
    public void A_slot_goes_to_an_interactive_request_first()
    {
        var slots = new RequestSlots(10, 8);
        var background = Wait(slots, RequestLane.Background, 9);
        var interactive = Wait(slots, RequestLane.Interactive, 3);
        (Served(background), Served(interactive)).Should().Be((8, 2));

        slots.Release(RequestLane.Background);
        (Served(background), Served(interactive)).Should().Be((8, 3));
        slots.Release(RequestLane.Interactive);
        (Served(background), Served(interactive)).Should().Be((9, 3));
    }

    [Fact]
    public async Task Who_gives_up_takes_no_slot()
    {
        using var caller = new CancellationTokenSource();
        var slots = new RequestSlots(1, 1);
        _ = Wait(slots, RequestLane.Interactive, 1);
        var givenUp = Wait(slots, RequestLane.Interactive, 1000, caller.Token);
        var next = Wait(slots, RequestLane.Background, 1);

        await caller.CancelAsync();
        givenUp.Should().OnlyContain(wait => wait.IsCanceled);
        slots.Release(RequestLane.Interactive);

        Served(next).Should().Be(1);
        Wait(slots, RequestLane.Interactive, 1, caller.Token).Should().OnlyContain(wait => wait.IsCanceled);
    }

    [Fact]
    public async Task Thousands_who_come_and_give_up_at_once_leave_every_slot_free()
    {
        var slots = new RequestSlots(100, 80);
        var highest = 0;
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 500, CancellationToken = TestContext.Current.CancellationToken }, async (number, _) =>
        {
            var lane = number % 3 == 0 ? RequestLane.Background : RequestLane.Interactive;
            using var caller = new CancellationTokenSource();
            var wait = slots.WaitAsync(lane, caller.Token).AsTask();
            if (number % 5 == 0)
            {
                await caller.CancelAsync();
            }

            try
            {
                await wait;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            InterlockedMax(ref highest, slots.Taken);
            await Task.Yield();
            slots.Release(lane);
        });

        slots.Taken.Should().Be(0);
        highest.Should().BeInRange(1, 100);
        Served(Wait(slots, RequestLane.Interactive, 100)).Should().Be(100);
    }

    private static Task[] Wait(RequestSlots slots, RequestLane lane, int callers, CancellationToken? caller = null) =>
        [.. Enumerable.Range(0, callers).Select(_ => slots.WaitAsync(lane, caller ?? TestContext.Current.CancellationToken).AsTask())];

    private static int Served(Task[] waits) => waits.Count(wait => wait.IsCompletedSuccessfully);

    private static void InterlockedMax(ref int highest, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref highest)) < value && Interlocked.CompareExchange(ref highest, value, seen) != seen)
        {
        }
    }
}
