using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>Any body as a stream, read by the caller inside the attempt.</summary>
public sealed class SendStreamTests
{
    private static readonly GitHubRequest Archive = GitHubRequest.Get("/things") with { Name = "get_archive" };

    [Fact]
    public async Task The_reader_gets_the_body_and_its_result_is_the_calls()
    {
        await using var fixture = await StartAsync(Answers.Text(200, "hello"));

        (await fixture.Client.SendAsync(Archive, ReadAsync, TestContext.Current.CancellationToken)).Should().Be("hello");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_read_again_from_the_beginning()
    {
        await using var fixture = await StartAsync(Answers.Text(200, "hello").ResetAfter(3), Answers.Text(200, "hello"));
        var began = 0;

        var text = await fixture.Client.SendAsync(
            Archive,
            (body, token) =>
            {
                began++;
                return ReadAsync(body, token);
            },
            TestContext.Current.CancellationToken);

        (text, began).Should().Be(("hello", 2));
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_body_is_told_as_such_whatever_the_reader_makes_of_it(bool swallows)
    {
        await using var fixture = await StartAsync(Answers.Text(200, "hello").ResetAfter(3));

        var call = () => fixture.Client.SendAsync(
            Archive,
            async (body, token) =>
            {
                try
                {
                    return await ReadAsync(body, token);
                }
                catch (IOException broken)
                {
                    return swallows ? "all there was" : throw new InvalidOperationException("Cannot go on.", broken);
                }
            },
            TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmTransportException>();
        fixture.GitHub.Requests.Should().HaveCount(2, "row 6 of the retry table");
    }

    public static TheoryData<Exception> OwnExceptions =>
    [
        new IOException("The disk is full."), new InvalidOperationException("No."), new System.Text.Json.JsonException("Not what I wanted."),
        new HttpRequestException("Somewhere else."), new OperationCanceledException("Enough."), new TimeoutException(),
        ScmException.From(new() { Reason = ErrorReason.ServerError, Origin = ErrorOrigin.GitHub, Message = "Of another call." }),
    ];

    [Theory]
    [MemberData(nameof(OwnExceptions))]
    public async Task What_the_reader_throws_itself_reaches_the_caller_and_is_not_tried_again(Exception thrown)
    {
        await using var fixture = await StartAsync(Answers.Text(200, "hello"));

        var call = () => fixture.Client.SendAsync<string>(
            Archive,
            async (body, token) =>
            {
                await body.ReadExactlyAsync(new byte[1], token);
                throw thrown;
            },
            TestContext.Current.CancellationToken);

        (await call.Should().ThrowAsync<Exception>()).Which.Should().BeSameAs(thrown);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task Less_than_was_announced_is_an_error()
    {
        await using var server = RawServer.Start(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            request.Close();
        });
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = () => fixture.Client.SendAsync(Archive, ReadAsync, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmTransportException>();
    }

    [Fact]
    public async Task The_reader_stands_under_the_attempts_time()
    {
        await using var fixture = await StartAsync(Answers.Text(200, "hello").StallAfter(2), Answers.Text(200, "hello"));

        var call = fixture.Client.SendAsync(Archive, ReadAsync, TestContext.Current.CancellationToken);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        (await call).Should().Be("hello");
    }

    [Fact]
    public async Task An_error_never_reaches_the_reader()
    {
        await using var fixture = await StartAsync(Answers.NotFound());

        var call = () => fixture.Client.SendAsync(Archive, (_, _) => Task.FromException<string>(new NotSupportedException()), TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmNotFoundException>();
    }

    private static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static async Task<ClientFixture> StartAsync(params Answer[] answers)
    {
        var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.When(HttpMethod.Get, "/things").AnswerInTurn(answers);
        return fixture;
    }
}
