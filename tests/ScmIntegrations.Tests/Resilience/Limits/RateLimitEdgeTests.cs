using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>Gate, ledger and bucket, each by itself.</summary>
public sealed class RateLimitEdgeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_later_word_that_is_longer_keeps_the_gate_closed()
    {
        var gate = new RateLimitGate(_time);
        gate.Close("me", "core", Limit(TimeSpan.FromMinutes(1)));
        gate.Close("me", "core", Limit(TimeSpan.FromMinutes(10)));

        _time.Advance(TimeSpan.FromMinutes(2));

        gate.Check("me", "core").Should().NotBeNull();
    }

    [Fact]
    public void The_limit_of_every_resource_is_told_before_the_limit_of_one()
    {
        var gate = new RateLimitGate(_time);
        gate.Close("me", "core", Limit(TimeSpan.FromMinutes(1)));
        gate.Close("me", "core", Limit(TimeSpan.FromMinutes(10), ErrorReason.SecondaryRateLimit));

        gate.Check("me", "core")!.Reason.Should().Be(ErrorReason.SecondaryRateLimit);
    }

    [Fact]
    public void A_refusal_says_until_when_and_what_GitHub_said()
    {
        var gate = new RateLimitGate(_time);
        gate.Close("me", "core", Limit(TimeSpan.FromMinutes(1)));

        gate.Check("me", "core")!.Message.Should().Be($"Not sent: the limit that GitHub reported holds until {_time.GetUtcNow().AddMinutes(1):u}. It said: the cause");
    }

    [Theory]
    [InlineData(29, 10)]
    [InlineData(30, 20)]
    public void A_reset_that_moves_by_thirty_seconds_is_a_new_window(int seconds, int remaining)
    {
        var ledger = new RateLimitLedger(_time);
        var resetsAt = _time.GetUtcNow().AddHours(1);
        ledger.Record("me", new("core", 5000, 10, resetsAt));
        ledger.Record("me", new("core", 5000, 20, resetsAt.AddSeconds(seconds)));

        ledger.Find("me", "core")!.Value.Remaining.Should().Be(remaining);
    }

    [Fact]
    public void Of_two_equal_counts_the_later_reset_is_kept()
    {
        var ledger = new RateLimitLedger(_time);
        var resetsAt = _time.GetUtcNow().AddHours(1);
        ledger.Record("me", new("core", 5000, 10, resetsAt));
        ledger.Record("me", new("core", 5000, 10, resetsAt.AddSeconds(5)));

        ledger.Find("me", "core")!.Value.ResetsAt.Should().Be(resetsAt.AddSeconds(5));
    }

    private ScmError Limit(TimeSpan wait, ErrorReason reason = ErrorReason.PrimaryRateLimit) =>
        new() { Message = "the cause", Reason = reason, Origin = ErrorOrigin.GitHub, RetryAt = _time.GetUtcNow() + wait };
}
