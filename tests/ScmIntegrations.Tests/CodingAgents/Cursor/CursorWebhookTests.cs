using System.Text;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>What arrives as Cursor's webhook: proved, read, and taken once.</summary>
public sealed class CursorWebhookTests
{
    private const string Secret = "the secret of the webhook, long enough";
    private const string Body = """{"event":"statusChange","timestamp":"2026-01-02T03:04:05Z","id":"bc-1","status":"FINISHED","source":{"repository":"https://github.com/acme/api"},"target":{"prUrl":"https://github.com/acme/api/pull/7","branchName":"cursor/fix","url":"https://cursor.com/agents/bc-1"},"summary":"Done."}""";

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 5, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_delivery_of_the_fake_is_accepted()
    {
        await using var cursor = FakeCursor.InMemory(options => options.TimeProvider = _time);
        var agent = cursor.AddAgent("acme/api");
        agent.Finish(pullRequestNumber: 7, result: "Done.");
        var delivery = cursor.CreateDelivery(agent.Id, Secret);

        var result = await ReceiveAsync(new(_time, Secret), delivery);

        (result.Status, result.HttpStatus, result.IsAccepted).Should().Be((CursorWebhookStatus.Accepted, 204, true));
        result.Event.Should().BeEquivalentTo(new { SentAt = _time.GetUtcNow(), Summary = "Done.", DeliveryId = delivery.Header("X-Webhook-ID") });
        result.Event!.Task.Should().BeEquivalentTo(new
        {
            agent.Id,
            Agent = "cursor",
            State = CodingAgentState.Succeeded,
            RawState = "FINISHED",
            Repository = new RepositoryRef("acme/api"),
            BranchName = "cursor/do-it-a1b2",
            PullRequest = new CodingAgentPullRequest(7, new Uri("https://github.com/acme/api/pull/7")),
            WebUrl = new Uri($"https://cursor.com/agents/{agent.Id}"),
        });
    }

    [Theory]
    [InlineData("upper", 204)]
    [InlineData("bare", 204)]
    [InlineData("sha1=", 403)]
    [InlineData("SHA256=", 403)]
    [InlineData("short", 403)]
    [InlineData("long", 403)]
    [InlineData("no digits", 403)]
    [InlineData("empty", 403)]
    [InlineData("absent", 403)]
    [InlineData("one bit", 403)]
    [InlineData("another secret", 403)]
    [InlineData("space", 403)]
    public void A_signature_is_the_one_of_the_secret_or_none(string how, int status)
    {
        var digits = Sign(Secret, Body).Header("X-Webhook-Signature")![7..];
        var signature = how switch
        {
            "upper" => "sha256=" + digits.ToUpperInvariant(),
            "bare" => digits,
            "sha1=" or "SHA256=" => how + digits,
            "short" => "sha256=" + digits[..62],
            "long" => "sha256=" + digits + "00",
            "no digits" => "sha256=" + new string('g', 64),
            "empty" => "",
            "absent" => null,
            "one bit" => "sha256=" + (digits[0] == '0' ? '1' : '0') + digits[1..],
            "another secret" => Sign("another", Body).Header("X-Webhook-Signature"),
            _ => " sha256=" + digits,
        };

        var result = New().Receive(new(Encoding.UTF8.GetBytes(Body)) { Signature = signature, Event = "statusChange", Id = "1" });

        result.HttpStatus.Should().Be(status);
        result.IsAccepted.Should().Be(status == 204);
        result.Message.Should().NotContainAny(Secret, digits);
    }

    [Fact]
    public void Each_byte_of_the_body_counts()
    {
        var delivery = Sign(Secret, Body);
        for (var i = 0; i < Body.Length; i += 7)
        {
            var changed = delivery.Body.ToArray();
            changed[i] ^= 1;
            New().Receive(Of(delivery) with { Body = changed }).Status.Should().Be(CursorWebhookStatus.SignatureWrong);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData(" ", "")]
    public void Without_a_secret_nothing_is_accepted(params string[] secrets)
    {
        var result = new CursorWebhookReceiver(_time, secrets).Receive(Of(Sign("", Body)));

        (result.Status, result.HttpStatus).Should().Be((CursorWebhookStatus.NoSecret, 403));
    }

    [Fact]
    public void While_a_secret_is_changed_both_are_good()
    {
        var receiver = new CursorWebhookReceiver(_time, "the new secret", Secret);

        receiver.Receive(Of(Sign(Secret, Body))).IsAccepted.Should().BeTrue();
        receiver.Receive(Of(Sign("the new secret", Body.Replace("bc-1", "bc-2", StringComparison.Ordinal)))).IsAccepted.Should().BeTrue();
        receiver.Receive(Of(Sign("the old secret", Body))).HttpStatus.Should().Be(403);
    }

    [Fact]
    public void A_delivery_is_taken_once()
    {
        var receiver = New();
        var delivery = Of(Sign(Secret, Body));

        receiver.Receive(delivery).IsAccepted.Should().BeTrue();
        var again = receiver.Receive(delivery);

        (again.Status, again.HttpStatus, again.IsReplay, again.IsAccepted).Should().Be((CursorWebhookStatus.Replayed, 204, true, false));
        again.Event.Should().BeNull();
        receiver.Receive(delivery with { Id = "another" }).IsReplay.Should().BeTrue("the id is not signed, the body is");
        receiver.Receive(delivery with { Id = null }).IsReplay.Should().BeTrue();
        receiver.Receive(Of(Sign(Secret, Body.Replace("bc-1", "bc-2", StringComparison.Ordinal))) with { Id = delivery.Id }).IsReplay.Should().BeTrue("an id is used once");
        receiver.Receive(Of(Sign(Secret, Body.Replace("bc-1", "bc-2", StringComparison.Ordinal)))).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public void Of_many_at_once_one_is_taken()
    {
        var receiver = New();
        var delivery = Of(Sign(Secret, Body));
        var accepted = 0;

        Parallel.For(0, 200, _ => Interlocked.Add(ref accepted, receiver.Receive(delivery).IsAccepted ? 1 : 0));

        accepted.Should().Be(1);
    }

    [Fact]
    public void What_is_older_than_the_memory_counts_as_repeated()
    {
        var receiver = New();
        var delivery = Of(Sign(Secret, Body));
        receiver.Receive(delivery).IsAccepted.Should().BeTrue();

        _time.Advance(CursorWebhookReceiver.Memory);

        receiver.Receive(delivery).IsReplay.Should().BeTrue("the memory has ended, and the time that was signed is old");
        New().Receive(delivery).IsReplay.Should().BeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(86_399)]
    public void A_clock_of_Cursors_that_is_ahead_makes_no_time_in_which_a_delivery_can_be_repeated(int secondsAhead)
    {
        var receiver = New();
        var delivery = Of(Sign(Secret, Dated(_time.GetUtcNow().AddSeconds(secondsAhead))));
        receiver.Receive(delivery).IsAccepted.Should().BeTrue();

        _time.Advance(CursorWebhookReceiver.Memory);
        receiver.Receive(delivery).IsReplay.Should().BeTrue("what was signed is not old yet, so it is remembered");
        _time.Advance(TimeSpan.FromSeconds(secondsAhead));
        receiver.Receive(delivery).IsReplay.Should().BeTrue("now it is old");
    }

    [Fact]
    public void A_delivery_of_tomorrow_is_not_taken()
    {
        New().Receive(Of(Sign(Secret, Dated(_time.GetUtcNow().AddDays(1))))).IsReplay.Should().BeTrue("it could be repeated when the memory has ended");
        New().Receive(Of(Sign(Secret, Dated(DateTimeOffset.MaxValue)))).IsReplay.Should().BeTrue();
    }

    [Fact]
    public void A_delivery_whose_handling_failed_can_come_again()
    {
        var receiver = New();
        var delivery = Of(Sign(Secret, Body));

        receiver.Forget(receiver.Receive(delivery));

        receiver.Receive(delivery).IsAccepted.Should().BeTrue();
        receiver.Forget(receiver.Receive(delivery));
        receiver.Receive(delivery).IsReplay.Should().BeTrue("a repeated one is not forgotten by its result");
    }

    [Fact]
    public void The_memory_is_bounded_in_time_and_number()
    {
        var memory = new DeliveryMemory(_time, TimeSpan.FromHours(1), capacity: 3);
        static DeliveryMark Mark(int number) => new($"{number}", $"{number}");

        memory.TryAdd(Mark(1)).Should().BeTrue();
        memory.TryAdd(Mark(1)).Should().BeFalse();
        _time.Advance(TimeSpan.FromMinutes(59));
        memory.TryAdd(Mark(1)).Should().BeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        memory.TryAdd(Mark(1)).Should().BeTrue("its hour has passed");
        memory.TryAdd(Mark(2)).Should().BeTrue();
        memory.TryAdd(Mark(3)).Should().BeTrue();
        memory.TryAdd(Mark(4)).Should().BeTrue("the oldest makes room");
        memory.TryAdd(Mark(3)).Should().BeFalse();
        memory.TryAdd(Mark(1)).Should().BeTrue();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"event\":\"statusChange\",\"id\":\"bc-1\"")]
    [InlineData("""{"event":"statusChange","status":"FINISHED"}""")]
    [InlineData("""{"event":"statusChange","id":"bc-1"}""")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":" "}""")]
    [InlineData("""{"event":"statusChange","id":"../x","status":"FINISHED"}""")]
    [InlineData("""{"event":"statusChange","id":7,"status":"FINISHED"}""")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":{}}""")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"\ud800"}""")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","timestamp":"yesterday"}""")]
    public void A_body_that_is_none_is_told_and_does_not_use_up_its_id(string body)
    {
        var receiver = New();

        var result = receiver.Receive(Of(Sign(Secret, body)) with { Id = "1" });

        (result.Status, result.HttpStatus, result.Event).Should().Be((CursorWebhookStatus.BodyUnreadable, 400, null));
        receiver.Receive(Of(Sign(Secret, Body)) with { Id = "1" }).IsAccepted.Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"event":"ping"}""", "statusChange")]
    [InlineData("""{"event":"StatusChange","id":"bc-1","status":"FINISHED"}""", "statusChange")]
    [InlineData("""{"id":"bc-1","status":"FINISHED"}""", "ping")]
    [InlineData("""{"id":"bc-1","status":"FINISHED"}""", null)]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED"}""", "statusChange")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","source":{"repository":"https://gitlab.com/acme/api"}}""", "statusChange")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","source":{"repository":"https://github.com.evil.example/acme/api"}}""", "statusChange")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","source":{"repository":"https://github.com/acme/a b"}}""", "statusChange")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","source":{"repository":"https://github.com/acme/api/tree/main"}}""", "statusChange")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","source":{"repository":"https://github.com/acme"}}""", "statusChange")]
    [InlineData("""{"event":"statusChange","id":"bc-1","status":"FINISHED","source":{"repository":"https://github.com/../.."}}""", "statusChange")]
    public void What_concerns_nobody_is_answered_and_ignored(string body, string? header)
    {
        var result = New().Receive(Of(Sign(Secret, body)) with { Event = header });

        (result.Status, result.HttpStatus, result.IsAccepted, result.Event).Should().Be((CursorWebhookStatus.Ignored, 204, false, null));
    }

    [Theory]
    [InlineData("FINISHED", CodingAgentState.Succeeded, true)]
    [InlineData("ERROR", CodingAgentState.Failed, false)]
    [InlineData("EXPIRED", CodingAgentState.Expired, false)]
    [InlineData("RUNNING", CodingAgentState.Running, false)]
    [InlineData("NEW_STATUS", CodingAgentState.Unknown, false)]
    public void Every_status_is_told_and_a_pull_request_only_of_what_has_finished(string status, CodingAgentState state, bool hasPullRequest)
    {
        var result = New().Receive(Of(Sign(Secret, Body.Replace("FINISHED", status, StringComparison.Ordinal))));

        result.IsAccepted.Should().BeTrue();
        (result.Event!.Task.State, result.Event.Task.RawState, result.Event.Task.PullRequest is not null).Should().Be((state, status, hasPullRequest));
    }

    [Theory]
    [InlineData("https://github.com/acme/other/pull/7")]
    [InlineData("https://github.com/acme/api/pull/7#x")]
    [InlineData("https://evil.example/acme/api/pull/7")]
    public void A_pull_request_of_elsewhere_is_none(string url)
    {
        var result = New().Receive(Of(Sign(Secret, Body.Replace("https://github.com/acme/api/pull/7", url, StringComparison.Ordinal))));

        result.Event!.Task.PullRequest.Should().BeNull();
    }

    [Fact]
    public async Task A_body_over_the_bound_is_not_read_on()
    {
        var receiver = New();
        var large = new byte[CursorWebhookReceiver.MaxBodyBytes + 1];
        var delivery = FakeCursorDelivery.Create(large, Secret);

        receiver.Receive(Of(delivery)).HttpStatus.Should().Be(413);
        using var stream = new MemoryStream(new byte[10_000_000]);
        (await receiver.ReceiveAsync(delivery.Header, stream, TestContext.Current.CancellationToken)).HttpStatus.Should().Be(413);
        stream.Position.Should().BeLessThan(CursorWebhookReceiver.MaxBodyBytes + 100_000);
    }

    [Fact]
    public async Task What_is_not_signed_is_not_even_read()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Body));

        (await New().ReceiveAsync(_ => null, stream, TestContext.Current.CancellationToken)).Status.Should().Be(CursorWebhookStatus.SignatureMissing);

        stream.Position.Should().Be(0);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_unreadable_and_a_cancelled_one_cancelled()
    {
        var delivery = Sign(Secret, Body);
        await using var broken = new BrokenStream(new IOException("The connection is gone."));
        (await New().ReceiveAsync(delivery.Header, broken, TestContext.Current.CancellationToken)).HttpStatus.Should().Be(400);

        await using var cancelled = new BrokenStream(new OperationCanceledException());
        await ((Func<Task>)(() => New().ReceiveAsync(delivery.Header, cancelled))).Should().ThrowAsync<OperationCanceledException>();
    }

    private CursorWebhookReceiver New() => new(_time, Secret);

    private static FakeCursorDelivery Sign(string secret, string body) => FakeCursorDelivery.Create(Encoding.UTF8.GetBytes(body), secret);

    private static CursorWebhookDelivery Of(FakeCursorDelivery delivery) => new(delivery.Body)
    {
        Signature = delivery.Header("X-Webhook-Signature"),
        Event = delivery.Header("X-Webhook-Event"),
        Id = delivery.Header("X-Webhook-ID"),
    };

    private static async Task<CursorWebhookResult> ReceiveAsync(CursorWebhookReceiver receiver, FakeCursorDelivery delivery)
    {
        using var body = new MemoryStream(delivery.Body.ToArray());
        return await receiver.ReceiveAsync(delivery.Header, body, TestContext.Current.CancellationToken);
    }

    private static string Dated(DateTimeOffset time) => Body.Replace("2026-01-02T03:04:05Z", $"{time:O}", StringComparison.Ordinal);

    private sealed class BrokenStream(Exception exception) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(exception);
    }
}
