using System.Text;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.Tests.GitHub.Webhooks;

/// <summary>What is not proved to be GitHub's has no effect, and says why.</summary>
public sealed class SignatureTests
{
    private const string Body = """{"zen":"Keep it logically awesome.","hook_id":109948940}""";

    [Fact]
    public void GitHubs_own_example_is_accepted()
    {
        // docs.github.com, "Testing the webhook payload validation". Its body is no JSON, which is all that is wrong with it.
        var result = new GitHubWebhookReceiver("It's a Secret to Everybody").Receive(new(Encoding.UTF8.GetBytes("Hello, World!"))
        {
            Event = "ping",
            Signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        });

        result.Status.Should().Be(GitHubWebhookStatus.BodyUnreadable);
    }

    [Fact]
    public void Any_of_the_secrets_may_have_signed()
    {
        var receiver = new GitHubWebhookReceiver("new", "old");

        receiver.Receive(Deliveries.Signed("ping", Body, "new")).IsAccepted.Should().BeTrue();
        receiver.Receive(Deliveries.Signed("ping", Body, "old")).IsAccepted.Should().BeTrue();
        receiver.Receive(Deliveries.Signed("ping", Body, "older")).Status.Should().Be(GitHubWebhookStatus.SignatureWrong);
    }

    [Fact]
    public void Hexadecimal_digits_may_be_of_either_case()
    {
        var delivery = Deliveries.Signed("ping", Body);

        var upper = delivery with { Signature = "sha256=" + delivery.Signature!["sha256=".Length..].ToUpperInvariant() };

        new GitHubWebhookReceiver(Deliveries.Secret).Receive(upper).IsAccepted.Should().BeTrue();
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("", "  ")]
    public void Without_a_secret_nothing_is_accepted_not_even_what_an_empty_one_signed(params string[] secrets)
    {
        var result = new GitHubWebhookReceiver(secrets).Receive(Deliveries.Signed("ping", Body, secrets.FirstOrDefault() ?? ""));

        (result.Status, result.HttpStatus, result.IsAccepted, result.Event).Should().Be((GitHubWebhookStatus.NoSecret, 503, false, null));
    }

    [Theory]
    [InlineData(null, GitHubWebhookStatus.SignatureMissing)]
    [InlineData("", GitHubWebhookStatus.SignatureMissing)]
    [InlineData("sha256=", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("sha1=33f9d709782f62b8b4a0178586c65ab098a39fe2", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("SHA256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1z", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043é1", GitHubWebhookStatus.SignatureMalformed)]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000", GitHubWebhookStatus.SignatureWrong)]
    public async Task Any_other_signature_is_a_clear_no(string? signature, GitHubWebhookStatus status)
    {
        var receiver = new GitHubWebhookReceiver(Deliveries.Secret);
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(Body));

        var result = receiver.Receive(Deliveries.Signed("ping", Body) with { Signature = signature });
        var streamed = await receiver.ReceiveAsync(name => name is GitHubWebhookHeaders.Signature ? signature : "ping", body, TestContext.Current.CancellationToken);

        (result.Status, result.HttpStatus, result.Event).Should().Be((status, 401, null));
        streamed.Should().Be(result);
    }

    [Fact]
    public void One_byte_of_another_body_is_seen()
    {
        var delivery = Deliveries.Signed("ping", Body);

        var changed = delivery with { Body = Encoding.UTF8.GetBytes(Body + " ") };

        new GitHubWebhookReceiver(Deliveries.Secret).Receive(changed).Status.Should().Be(GitHubWebhookStatus.SignatureWrong);
    }

    [Fact]
    public async Task A_body_is_read_and_believed_byte_for_byte()
    {
        const string body = "{ \"zen\" : \"caf\u00e9\" ,\r\n \"unknown\" : [1.50] }";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));

        var result = await ReceiveAsync(stream, Deliveries.Sign(body));

        result.IsAccepted.Should().BeTrue(result.Message);
        result.Event!.Body.ToArray().Should().Equal(Encoding.UTF8.GetBytes(body));
        result.Event.DeliveryId.Should().Be(Deliveries.DeliveryId);
        result.HttpStatus.Should().Be(202);
        stream.CanRead.Should().BeTrue("it is the caller's");
    }

    [Fact]
    public async Task A_body_above_GitHubs_limit_is_refused_and_not_read_to_its_end()
    {
        using var stream = new EndlessStream();

        var result = await ReceiveAsync(stream, Deliveries.Sign(Body));

        (result.Status, result.HttpStatus).Should().Be((GitHubWebhookStatus.BodyTooLarge, 413));
        stream.Served.Should().BeLessThan(GitHubWebhookReceiver.MaxBodyBytes + 100_000);
        new GitHubWebhookReceiver(Deliveries.Secret).Receive(new(new byte[GitHubWebhookReceiver.MaxBodyBytes + 1]) { Event = "ping", Signature = Deliveries.Sign(Body) })
            .Status.Should().Be(GitHubWebhookStatus.BodyTooLarge);
    }

    [Fact]
    public async Task Without_a_proper_signature_nothing_is_read()
    {
        using var stream = new EndlessStream();

        await ReceiveAsync(stream, "sha1=33f9d709782f62b8b4a0178586c65ab098a39fe2");

        stream.Served.Should().Be(0);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_clear_no()
    {
        using var stream = new EndlessStream { BreaksAfter = 100_000 };

        (await ReceiveAsync(stream, Deliveries.Sign(Body))).Status.Should().Be(GitHubWebhookStatus.BodyUnreadable);
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        var receiver = new GitHubWebhookReceiver(Deliveries.Secret);
        var refused = receiver.Receive(Deliveries.Signed("ping", Body) with { Signature = "sha256=" + new string('0', 64) });

        $"{(object)receiver} {refused} {refused.Message}".Should().NotContain(Deliveries.Secret).And.NotContain(Deliveries.Sign(Body)[10..]);
        receiver.GetType().GetProperties().Select(property => property.Name).Should().Equal(nameof(GitHubWebhookReceiver.BodyLimit));
    }

    private static Task<GitHubWebhookResult> ReceiveAsync(Stream body, string signature) => new GitHubWebhookReceiver(Deliveries.Secret).ReceiveAsync(
        name => name switch
        {
            GitHubWebhookHeaders.Signature => signature,
            GitHubWebhookHeaders.Event => "ping",
            GitHubWebhookHeaders.Delivery => Deliveries.DeliveryId,
            _ => null,
        },
        body,
        TestContext.Current.CancellationToken);

    private sealed class EndlessStream : Stream
    {
        public long Served { get; private set; }

        public long BreaksAfter { get; init; } = long.MaxValue;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Served;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Served += count;
            return Served > BreaksAfter ? throw new IOException("The client has left.") : count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
