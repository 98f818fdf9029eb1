using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Contents;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Contents;

/// <summary>A stream is tried again until its first bytes; from there on every byte comes once, and a bad end is never taken for the end.</summary>
public sealed class DownloadTests
{
    // More than the first bytes that belong to the attempt, and than any buffer on the way.
    private const int Size = 1_000_000;

    private static readonly byte[] Content = ContentFixture.Bytes(Size);

    [Fact]
    public async Task A_stream_gives_every_byte_once()
    {
        await using var fixture = await StartAsync();

        await using (var file = await fixture.OpenFileAsync("data"))
        {
            file.Length.Should().Be(Size);
            file.ETag.Should().NotBeNullOrEmpty();
            (await file.Content.ReadToEndAsync()).Should().Equal(Content);
            fixture.CountedOutcomes.Should().Equal(["started", "success"], "the end has been seen");
        }

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_empty_file_ends_at_once()
    {
        await using var fixture = await StartAsync();
        fixture.Api().PutFile("empty", "");

        await using var file = await fixture.OpenFileAsync("empty");

        (await file.Content.ReadToEndAsync()).Should().BeEmpty();
        file.Length.Should().Be(0);
    }

    [Fact]
    public async Task A_stream_that_is_left_early_is_no_failure()
    {
        await using var fixture = await StartAsync();

        await using (var file = await fixture.OpenFileAsync("data"))
        {
            await file.Content.ReadExactlyAsync(new byte[10], TestContext.Current.CancellationToken);
            fixture.CountedOutcomes.Should().Equal("started");
        }

        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    public static TheoryData<string, Answer> Beginnings => new()
    {
        { "no answer", Answers.Reset() },
        { "an error", Answers.ServerError(503) },
        { "headers and nothing more", Answers.Real().ResetAfter(0) },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Until_the_first_bytes_it_is_tried_again(string what, Answer answer)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Once().Answer(answer);

        await using var file = await fixture.OpenFileAsync("data");

        (await file.Content.ReadToEndAsync()).Should().Equal(Content, what);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Silence_before_the_first_bytes_is_an_attempt_that_timed_out()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Once().Answer(Answers.Real().StallAfter(0));

        var opening = fixture.OpenFileAsync("data");
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        await using var file = await opening;
        (await file.Content.ReadToEndAsync()).Should().Equal(Content);
    }

    [Fact]
    public async Task After_the_first_bytes_nothing_is_sent_again()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(Answers.Real().ResetAfter(Size - 1));

        await using (var file = await fixture.OpenFileAsync("data"))
        {
            using var got = new MemoryStream();
            var read = () => file.Content.CopyToAsync(got, TestContext.Current.CancellationToken);

            var error = (await read.Should().ThrowAsync<ScmTransportException>()).Which;
            error.Message.Should().Contain("'data' of acme/api");
            error.RequestId.Should().NotBeNullOrEmpty();
            Content.Take((int)got.Length).Should().Equal(got.ToArray());
            fixture.CountedOutcomes.Should().Equal("started", "failure");

            // It stays broken, and never becomes an end.
            await read.Should().ThrowAsync<ScmTransportException>();
        }

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task A_stream_may_take_longer_than_an_attempt_and_a_call_as_long_as_it_moves()
    {
        var next = new SemaphoreSlim(0);
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            context.Response.ContentType = ContentFixture.RawType;
            context.Response.ContentLength = Size;
            for (var sent = 0; sent < Size; sent += 50_000)
            {
                await context.Response.Body.WriteAsync(Content.AsMemory(sent, 50_000), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                await next.WaitAsync(cancellationToken);
            }
        }));

        await using var file = await fixture.OpenFileAsync("data");
        var got = new byte[Size];
        await file.Content.ReadExactlyAsync(got.AsMemory(0, 50_000), TestContext.Current.CancellationToken);
        for (var sent = 50_000; sent < Size; sent += 50_000)
        {
            // A slow consumer first, then a slow server: 20 times 45 s that do not count, and 29 s that do.
            fixture.Time.Advance(TimeSpan.FromSeconds(45));
            var reading = file.Content.ReadExactlyAsync(got.AsMemory(sent, 50_000), TestContext.Current.CancellationToken);
            fixture.Time.Advance(TimeSpan.FromSeconds(29));
            next.Release();
            await reading;
        }

        next.Release();
        got.Should().Equal(Content);
        (await file.Content.ReadAsync(new byte[1], TestContext.Current.CancellationToken)).Should().Be(0);
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(Answers.Real().StallAfter(50_000));

        await using var file = await fixture.OpenFileAsync("data");
        await file.Content.ReadExactlyAsync(new byte[50_000], TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        var read = file.Content.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        (await FluentActions.Awaiting(() => read).Should().ThrowAsync<ScmTimeoutException>()).Which.Message.Should().Contain("50000 bytes").And.Contain("30 s");
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task A_caller_who_cancels_a_read_leaves_at_once_with_their_own_token()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(Answers.Real().StallAfter(50_000));
        using var caller = new CancellationTokenSource();

        await using var file = await fixture.OpenFileAsync("data");
        await file.Content.ReadExactlyAsync(new byte[50_000], TestContext.Current.CancellationToken);
        var read = file.Content.ReadAsync(new byte[1], caller.Token).AsTask();
        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.CountedOutcomes.Should().Equal("started", "halted");
        var again = () => file.Content.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        await again.Should().ThrowAsync<ScmTransportException>("a stream that lost bytes must not go on");
    }

    [Fact]
    public async Task A_blob_is_held_against_its_id_at_the_end()
    {
        await using var fixture = await StartAsync();
        var sha = fixture.Api().PutFile("other", ContentFixture.Bytes(20_000));
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Blobs).Answer(Answers.Bytes(200, new byte[20_000], ContentFixture.RawType));

        await using var blob = await fixture.OpenBlobAsync(sha);
        var read = () => blob.Content.ReadToEndAsync();

        blob.Sha.Should().Be(sha);
        (await read.Should().ThrowAsync<ScmTransportException>()).Which.Message.Should().Contain("not the content of " + sha);
    }

    [Fact]
    public async Task A_stream_is_bounded_like_a_file_in_memory()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(Answers.LongBody(105_000_000).WithHeader("Content-Type", ContentFixture.RawType));

        await using var file = await fixture.OpenFileAsync("data");
        var read = () => file.Content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        (await read.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Fact]
    public async Task A_content_that_travels_compressed_is_the_same_and_its_length_is_not_known_before()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            context.Response.ContentType = ContentFixture.RawType;
            context.Response.Headers.ContentEncoding = "gzip";
            await using var compressed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await compressed.WriteAsync(Content, cancellationToken);
        }));

        await using var file = await fixture.OpenFileAsync("data");

        file.Length.Should().BeNull();
        (await file.Content.ReadToEndAsync()).Should().Equal(Content);
        (await fixture.GetFileAsync("data")).Content.ToArray().Should().Equal(Content);
    }

    [Fact]
    public async Task A_fake_in_memory_streams_as_well()
    {
        await using var github = FakeGitHub.InMemory();
        github.AddToken(ClientSetup.Token, "octocat");
        github.AddRepository("acme/api").PutFile("data", Content);
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.ApiAddress = github.Address;
            setup.HttpClient = client => client.ConfigurePrimaryHttpMessageHandler(() => github.CreateHandler());
        });

        await using var file = await fixture.OpenFileAsync("data");

        (await file.Content.ReadToEndAsync()).Should().Equal(Content);
    }

    [Fact]
    public async Task A_read_that_blocks_is_refused()
    {
        await using var fixture = await StartAsync();
        await using var file = await fixture.OpenFileAsync("data");

        var read = () => file.Content.ReadByte();

        read.Should().Throw<NotSupportedException>();
    }

    [Fact]
    public async Task A_test_can_make_one_itself()
    {
        await using var download = new GitHubDownload(new MemoryStream([1, 2])) { Length = 2, Sha = "id" };

        (await download.Content.ReadToEndAsync()).Should().Equal(1, 2);
    }

    private static async Task<ClientFixture> StartAsync()
    {
        var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.Api().PutFile("data", Content);
        return fixture;
    }
}
