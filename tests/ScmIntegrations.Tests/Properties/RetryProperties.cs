using System.Net;
using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Waits and retries keep within their bounds, whatever an answer asks for.</summary>
public sealed class RetryProperties
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // What is asked for, from years ago to years ahead.
    private static readonly Gen<TimeSpan?> Asked = Gen.Frequency(
        (2, Gen.Constant<TimeSpan?>(null)),
        (4, Gen.Choose(1, 4000).Select(seconds => (TimeSpan?)TimeSpan.FromSeconds(seconds))),
        (2, Gen.Choose(-1000, 200_000).Select(seconds => (TimeSpan?)TimeSpan.FromSeconds(seconds))),
        (1, Gen.Elements<TimeSpan?>(TimeSpan.Zero, TimeSpan.FromDays(-3650), TimeSpan.FromDays(3650))));

    private static readonly Arbitrary<(RetryWait Wait, int Retries, TimeSpan? Asked, TimeSpan Base, double Draw)> Drawn = (
        from wait in Gen.Elements(Enum.GetValues<RetryWait>())
        from retries in Gen.OneOf(Gen.Choose(0, 10), Gen.Elements(int.MaxValue, 31, 32, 33, 64))
        from asked in Asked
        from milliseconds in Gen.OneOf(Gen.Choose(0, 60_000), Gen.Elements(0, 60_000))
        from draw in Gen.OneOf(Gen.Choose(0, 1000).Select(one => one / 1000.0), Gen.Elements(0.0, 1.0))
        select (wait, retries, asked, TimeSpan.FromMilliseconds(milliseconds), draw)).ToArbitrary();

    private static readonly Arbitrary<(ResilienceOptions Options, OperationClass Operation, ErrorReason Reason, int? Status, TimeSpan? Asked, RetryCondition Conditions)> Failing = (
        from attempts in Gen.Choose(1, 10)
        from deadline in Gen.Choose(1, 3600)
        from attempt in Gen.Choose(1, 3600)
        from limit in Gen.Elements(0, 60, 3900)
        from operation in Gen.Elements(OperationClass.Read, OperationClass.IdempotentWrite, OperationClass.Write, OperationClass.TokenMint, OperationClass.TokenRefresh)
        from reason in Gen.OneOf(Gen.Elements(Enum.GetValues<ErrorReason>()), Gen.Elements(ErrorReason.ServerError, ErrorReason.NotReady, ErrorReason.PrimaryRateLimit, ErrorReason.SecondaryRateLimit))
        from status in Gen.Elements<int?>(null, 401, 403, 404, 408, 429, 500, 501, 503)
        from asked in Asked
        from conditions in Gen.Choose(0, (1 << 19) - 1)
        select (
            new ResilienceOptions { MaxAttempts = attempts, Deadline = TimeSpan.FromSeconds(deadline), AttemptTimeout = TimeSpan.FromSeconds(attempt), MaxRateLimitWait = TimeSpan.FromSeconds(limit) },
            operation,
            reason,
            status,
            asked,
            (RetryCondition)conditions & ~(RetryCondition.CanRefresh | RetryCondition.Refreshed))).ToArbitrary();

    [Fact]
    public void Every_wait_is_within_its_bounds() => Property.Holds(Drawn, drawn =>
    {
        var wait = RetryWaits.Of(drawn.Wait, drawn.Retries, drawn.Asked, drawn.Base, drawn.Draw);

        var asked = drawn.Asked ?? TimeSpan.Zero;
        var (least, most) = drawn.Wait switch
        {
            RetryWait.Backoff => (TimeSpan.Zero, Longer(TimeSpan.FromSeconds(10), asked)),
            RetryWait.OneSecond => (Second, Second),
            RetryWait.OneToTwoSeconds => (Second, Second * 2),
            RetryWait.Poll => (Second, Longer(TimeSpan.FromSeconds(10), asked)),
            RetryWait.BrokerBackoff => (Second / 2, Longer(TimeSpan.FromSeconds(30), asked)),
            RetryWait.Limit => (Second, TimeSpan.FromMinutes(65)),
            _ => (TimeSpan.Zero, TimeSpan.Zero),
        };
        wait.Should().BeGreaterThanOrEqualTo(least).And.BeLessThanOrEqualTo(most);
        if (drawn.Wait is RetryWait.Backoff or RetryWait.Poll or RetryWait.BrokerBackoff)
        {
            wait.Should().BeGreaterThanOrEqualTo(asked, "nobody comes back earlier than asked");
        }
    });

    [Fact]
    public void A_later_wait_is_no_shorter() => Property.Holds(Drawn, drawn =>
    {
        if (drawn.Retries < int.MaxValue)
        {
            RetryWaits.Of(drawn.Wait, drawn.Retries + 1, drawn.Asked, drawn.Base, drawn.Draw)
                .Should().BeGreaterThanOrEqualTo(RetryWaits.Of(drawn.Wait, drawn.Retries, drawn.Asked, drawn.Base, drawn.Draw));
        }
    });

    [Fact]
    public void A_call_is_sent_again_only_as_often_as_allowed_and_never_past_its_deadline() => Property.Holds(Failing, failing =>
    {
        var time = new ManualTimeProvider();
        var call = new ResilientCall(failing.Operation, RetryCondition.None, "a call", time.GetUtcNow()) { AttemptTimeout = TimeSpan.FromSeconds(30) };
        var (planned, polls) = (0, 0);
        var plan = new RetryPlan(failing.Options, time, new RetryBudget(), _ => planned++);
        var (sent, refreshed) = (1, 0);
        while (true)
        {
            call.BeginAttempt();
            call.Note(failing.Conditions);
            call.OfferRefresh(() => refreshed++);
            var error = ScmException.From(new ScmError
            {
                Message = "m",
                Reason = failing.Reason,
                Origin = ErrorOrigin.GitHub,
                Status = (HttpStatusCode?)failing.Status,
                RetryAt = time.GetUtcNow() + failing.Asked,
            });
            polls += call.Row(error).Wait is RetryWait.Poll ? 1 : 0;
            if (!plan.TryPlan(call, error))
            {
                break;
            }

            sent++;
            call.NextWait.Should().BeGreaterThanOrEqualTo(TimeSpan.Zero);
            time.Advance(call.NextWait);
            (time.GetUtcNow() - call.StartedAt).Should().BeLessThanOrEqualTo(failing.Options.Deadline, "no wait goes past the deadline");
            sent.Should().BeLessThan(100, "every call ends");
        }

        planned.Should().Be(sent - 1);
        refreshed.Should().BeLessThanOrEqualTo(1, "a credential is renewed once");
        call.Retries.Should().BeLessThan(failing.Options.MaxAttempts);
        sent.Should().BeLessThanOrEqualTo(failing.Options.MaxAttempts + 1 + (polls > 0 ? 6 : 0));
        if (failing.Options.MaxAttempts == 1)
        {
            sent.Should().BeLessThanOrEqualTo(2, "only a renewed credential is no retry");
        }
    });

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
