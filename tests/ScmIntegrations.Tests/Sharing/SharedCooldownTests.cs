using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Resilience.Sharing;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>A limit that one instance meets holds for the others, and none of them waits for the store that says so.</summary>
public sealed class SharedCooldownTests : IDisposable
{
    private readonly SecondLevelRig _rig = new();
    private readonly MemoryCooldowns _store;
    private readonly RateLimitGate _one;
    private readonly RateLimitGate _other;

    public SharedCooldownTests()
    {
        _store = new MemoryCooldowns(_rig.Time);
        (_one, _other) = (NewInstance(), NewInstance());
    }

    private ManualTimeProvider Time => _rig.Time;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task What_one_was_told_the_other_refuses_and_says_why()
    {
        var until = Time.GetUtcNow().AddMinutes(10);
        Close(_one, ErrorReason.PrimaryRateLimit, until);
        await WaitUntilAsync(() => _store.Writes == 1);

        await _other.LookAsync("me", TestContext.Current.CancellationToken);
        var refusal = _other.Check("me", "core")!;

        refusal.Should().BeOfType<ScmRateLimitException>();
        refusal.Reason.Should().Be(ErrorReason.PrimaryRateLimit);
        refusal.Origin.Should().Be(ErrorOrigin.Client);
        refusal.RetryAt.Should().Be(until);
        refusal.Error.Rule.Should().Be("12");
        refusal.Error.RateLimitResource.Should().Be("core");
        refusal.Message.Should().Be($"Not sent: another instance of this application has met the limit of this credential, which holds until {until:u}.");
        _other.Check("me", "search").Should().BeNull();
        _other.Check("you", "core").Should().BeNull();
    }

    [Fact]
    public async Task A_secondary_limit_holds_for_every_resource()
    {
        Close(_one, ErrorReason.SecondaryRateLimit, Time.GetUtcNow().AddMinutes(1));
        await WaitUntilAsync(() => _store.Writes == 1);

        await _other.LookAsync("me", TestContext.Current.CancellationToken);

        _other.Check("me", "search")!.Reason.Should().Be(ErrorReason.SecondaryRateLimit);
        _other.Check("me", "search")!.Error.RateLimitResource.Should().BeNull();
    }

    [Fact]
    public async Task Who_does_not_look_learns_it_one_check_later()
    {
        Close(_one, ErrorReason.PrimaryRateLimit, Time.GetUtcNow().AddMinutes(10));
        await WaitUntilAsync(() => _store.Writes == 1);

        _other.Check("me", "core").Should().BeNull("it has only now begun to read");
        await WaitUntilAsync(() => _other.Check("me", "core") is not null);
    }

    [Fact]
    public async Task The_store_is_read_once_in_250_ms_however_many_ask()
    {
        for (var round = 1; round <= 3; round++)
        {
            await _other.LookAsync("me", TestContext.Current.CancellationToken);
            for (var call = 0; call < 1000; call++)
            {
                await _other.LookAsync("me", TestContext.Current.CancellationToken);
                _other.Check("me", "core").Should().BeNull();
            }

            _store.Reads.Should().Be(round);
            Time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    [Fact]
    public async Task The_other_opens_when_the_time_has_passed()
    {
        Close(_one, ErrorReason.PrimaryRateLimit, Time.GetUtcNow().AddMinutes(10));
        await WaitUntilAsync(() => _store.Writes == 1);
        await _other.LookAsync("me", TestContext.Current.CancellationToken);

        Time.Advance(TimeSpan.FromMinutes(10));

        _other.Check("me", "core").Should().BeNull();
    }

    [Fact]
    public async Task What_was_learnt_holds_when_the_store_is_gone_and_what_was_not_holds_nobody()
    {
        Close(_one, ErrorReason.PrimaryRateLimit, Time.GetUtcNow().AddMinutes(10));
        await WaitUntilAsync(() => _store.Writes == 1);
        await _other.LookAsync("me", TestContext.Current.CancellationToken);
        _store.IsDown = true;
        Time.Advance(TimeSpan.FromMinutes(1));

        await _other.LookAsync("me", TestContext.Current.CancellationToken);

        _other.Check("me", "core").Should().NotBeNull();
        var third = NewInstance();
        await third.LookAsync("me", TestContext.Current.CancellationToken);
        third.Check("me", "core").Should().BeNull();
    }

    [Fact]
    public async Task A_word_that_was_lost_in_an_outage_is_said_again()
    {
        _store.IsDown = true;
        Close(_one, ErrorReason.PrimaryRateLimit, Time.GetUtcNow().AddMinutes(10));
        await WaitUntilAsync(() => _store.Writes == 1);
        _store.IsDown = false;

        await _one.LookAsync("me", TestContext.Current.CancellationToken);

        await WaitUntilAsync(() => _store.Writes == 2);
        await _other.LookAsync("me", TestContext.Current.CancellationToken);
        _other.Check("me", "core").Should().NotBeNull();
    }

    [Fact]
    public async Task Ones_own_word_is_no_news_from_another()
    {
        var until = Time.GetUtcNow().AddMinutes(10);
        Close(_one, ErrorReason.PrimaryRateLimit, until);
        await WaitUntilAsync(() => _store.Writes == 1);
        await _store.ExtendAsync(new("api.github.com", "me"), "core", TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(30), TestContext.Current.CancellationToken);
        await _one.LookAsync("me", TestContext.Current.CancellationToken);

        _one.Check("me", "core")!.Message.Should().StartWith("Not sent: the limit that GitHub reported");
        Time.SetUtcNow(until);

        _one.Check("me", "core").Should().BeNull("the echo comes 30 ms later than the word");
    }

    [Fact]
    public async Task The_same_word_is_not_said_twice()
    {
        var until = Time.GetUtcNow().AddMinutes(10);
        for (var time = 0; time < 100; time++)
        {
            Close(_one, ErrorReason.PrimaryRateLimit, until);
        }

        await WaitUntilAsync(() => _store.Writes == 1);
        await _one.LookAsync("me", TestContext.Current.CancellationToken);
        _store.Writes.Should().Be(1);
    }

    [Fact]
    public async Task A_slow_store_is_waited_for_50_ms_once_and_then_not_until_it_is_quick_again()
    {
        var reading = new TaskCompletionSource();
        _store.Delay = reading.Task;
        var first = _other.LookAsync("me", TestContext.Current.CancellationToken).AsTask();
        await Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromMilliseconds(50));
        await first;

        _other.LookAsync("me", TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        Time.Advance(TimeSpan.FromSeconds(1));
        _other.LookAsync("me", TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        reading.SetResult();
        await WaitUntilAsync(() => _store.Reads == 1);
    }

    [Fact]
    public async Task A_time_beyond_reason_is_not_believed()
    {
        await _store.ExtendAsync(new("api.github.com", "me"), "core", TimeSpan.FromDays(3650), TestContext.Current.CancellationToken);

        await _other.LookAsync("me", TestContext.Current.CancellationToken);

        _other.Check("me", "core").Should().BeNull();
    }

    private static void Close(RateLimitGate gate, ErrorReason reason, DateTimeOffset until) =>
        gate.Close("me", "core", new() { Message = "m", Reason = reason, Origin = ErrorOrigin.GitHub, RetryAt = until });

    private RateLimitGate NewInstance() => new(Time, new SharedCooldowns(_store, "api.github.com", _rig.NewGuard("cool-down store"), Time));

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
