using System.Net.Sockets;

namespace ScmIntegrations.Testing.Tests;

public sealed class InMemoryTests : IAsyncDisposable
{
    private const string Tree = "repos/acme/api/git/trees/main";
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeGitHub _fake;
    private readonly HttpClient _client;

    public InMemoryTests()
    {
        _fake = FakeGitHub.InMemory(options => options.TimeProvider = _clock);
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(50));
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task It_answers_without_a_port()
    {
        (await _client.GetJsonAsync(Tree)).GetProperty("tree").GetArrayLength().Should().BeGreaterThan(0);

        _fake.Count(HttpMethod.Get, "/repos/{owner}/{repo}/git/trees/{sha}").Should().Be(1);
        using var stranger = new HttpClient();
        await stranger.Awaiting(client => client.GetAsync(_fake.Address, Http.Cancellation)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task One_that_listens_can_be_asked_in_memory_too()
    {
        await using var listening = await FakeGitHub.StartAsync(options => options.ApiPathPrefix = "/api/v3", Http.Cancellation);
        listening.AddToken("ghp_reader", "octocat");
        listening.WhenAnything().Once().Answer(Answers.Text(200, "in memory"));
        using var client = new HttpClient(listening.CreateHandler());

        (await client.GetStringAsync(new Uri(listening.Address, "user"), Http.Cancellation)).Should().Be("in memory");

        listening.Requests.Single().Path.Should().Be("/user");
    }

    [Fact]
    public async Task A_stall_lasts_until_the_caller_cancels()
    {
        _fake.WhenAnything().Answer(Answers.Stall());
        using var leaving = new CancellationTokenSource();
        var asking = _client.GetAsync(Tree, leaving.Token);
        await _fake.WaitForRequestsAsync(1, Http.Cancellation);
        asking.IsCompleted.Should().BeFalse();

        await leaving.CancelAsync();

        (await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        _fake.Requests.Single().Status.Should().BeNull();
    }

    [Fact]
    public async Task A_stall_ends_when_the_server_is_disposed_and_so_does_the_server()
    {
        _fake.WhenAnything().Answer(Answers.Stall());
        var asking = _client.GetAsync(Tree, Http.Cancellation);
        await _fake.WaitForRequestsAsync(1, Http.Cancellation);

        await _fake.DisposeAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<HttpRequestException>();
        (await _client.Awaiting(client => client.GetAsync(Tree, Http.Cancellation)).Should().ThrowAsync<HttpRequestException>())
            .Which.HttpRequestError.Should().Be(HttpRequestError.ConnectionError);
    }

    [Fact]
    public async Task A_late_answer_waits_on_the_clock_of_the_server()
    {
        _fake.WhenAnything().Once().Answer(Answers.Real().After(TimeSpan.FromSeconds(20)));
        var asking = _client.GetAsync(Tree, Http.Cancellation);
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(20), Http.Cancellation);
        asking.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(20));

        using var response = await asking;
        response.IsSuccessStatusCode.Should().BeTrue();
    }

    [Fact]
    public async Task A_body_that_is_reset_gives_its_bytes_first()
    {
        _fake.WhenAnything().Answer(Answers.Real().ResetAfter(40));
        using var response = await _client.GetAsync(Tree, HttpCompletionOption.ResponseHeadersRead, Http.Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Http.Cancellation);
        await body.ReadExactlyAsync(new byte[40], Http.Cancellation);

        var error = await body.Awaiting(stream => stream.ReadAsync(new byte[1], Http.Cancellation).AsTask()).Should().ThrowAsync<IOException>();

        error.WithInnerException<SocketException>();
    }

    [Fact]
    public async Task A_body_that_stalls_ends_with_the_readers_patience_or_with_the_server()
    {
        _fake.WhenAnything().Answer(Answers.Real().StallAfter(40));
        using var response = await _client.GetAsync(Tree, HttpCompletionOption.ResponseHeadersRead, Http.Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Http.Cancellation);
        await body.ReadExactlyAsync(new byte[40], Http.Cancellation);
        using var impatient = new CancellationTokenSource();
        var more = body.ReadAsync(new byte[1], impatient.Token).AsTask();
        more.IsCompleted.Should().BeFalse();

        await impatient.CancelAsync();
        await more.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        more = body.ReadAsync(new byte[1], Http.Cancellation).AsTask();
        await _fake.DisposeAsync();
        await more.Awaiting(task => task).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task A_slow_reader_holds_the_writer_back_and_ends_it_by_hanging_up()
    {
        long written = 0;
        var ended = new TaskCompletionSource();
        _fake.WhenAnything().Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            using var leaving = cancellationToken.Register(ended.SetResult);
            for (; !cancellationToken.IsCancellationRequested; written += 10_000)
            {
                await context.Response.Body.WriteAsync(new byte[10_000], cancellationToken);
            }
        }));

        using (var response = await _client.GetAsync(Tree, HttpCompletionOption.ResponseHeadersRead, Http.Cancellation))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Http.Cancellation);
            await body.ReadExactlyAsync(new byte[500_000], Http.Cancellation);
            ended.Task.IsCompleted.Should().BeFalse();
        }

        await ended.Task.WaitAsync(Http.Cancellation);
        Interlocked.Read(ref written).Should().BeInRange(490_000, 700_000);
    }

    [Fact]
    public async Task The_server_sees_nothing_of_the_caller_but_the_request()
    {
        var ambient = new AsyncLocal<string?> { Value = "the caller's" };
        string? seen = "not asked";
        _fake.WhenAnything().Answer(Answers.Custom((_, _) =>
        {
            seen = ambient.Value;
            return Task.CompletedTask;
        }));

        using var response = await _client.GetAsync(Tree, Http.Cancellation);

        seen.Should().BeNull();
    }
}
