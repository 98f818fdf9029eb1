using System.Text;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

/// <summary>A body that is not what was due gives a typed error, and never an answer.</summary>
public sealed class HostileBodyTests
{
    private const string Repository = """{"id":1,"full_name":"acme/api"}""";

    public static TheoryData<string, Answer> UnreadableBodies => new()
    {
        { "a web page", Answers.Html200() },
        { "nothing", Answers.EmptyBody200() },
        { "null", Answers.Json(200, "null") },
        { "an array for an object", Answers.Json(200, "[]") },
        { "a number for an object", Answers.Json(200, "7") },
        { "a required property missing", Answers.Json(200, """{"id":1}""") },
        { "a required property null", Answers.Json(200, """{"id":1,"full_name":null}""") },
        { "a number that is too large", Answers.Json(200, """{"id":99999999999999999999,"full_name":"acme/api"}""") },
        { "a full name that is none", Answers.Json(200, """{"id":1,"full_name":"../../user"}""") },
        { "an address that is none", Answers.Json(200, """{"id":1,"full_name":"acme/api","html_url":"http://["}""") },
        { "a lone surrogate", Answers.Json(200, """{"id":1,"full_name":"\ud800"}""") },
        { "JSON that ends early", Answers.Json(200, Repository).CutAfter(10) },
        { "two values", Answers.Json(200, Repository + Repository) },
        { "bytes that are no UTF-8", Answers.Bytes(200, new byte[] { 0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d }, "application/json") },
        { "UTF-16", Answers.Bytes(200, Encoding.Unicode.GetBytes(Repository), "application/json; charset=utf-16") },
        { "arrays in arrays", Answers.DeepJson(100_000) },
        { "a media type that lies about gzip", Answers.Json(200, Repository).WithHeader("Content-Encoding", "gzip") },
        { "a media type that lies about deflate", Answers.Json(200, Repository).WithHeader("Content-Encoding", "deflate") },
        { "brotli, broken and not asked for", Answers.Bytes(200, new byte[] { 0x8b, 0xff, 0x00 }, "application/json").WithHeader("Content-Encoding", "br") },
    };

    [Theory]
    [MemberData(nameof(UnreadableBodies))]
    public async Task A_body_that_cannot_be_read_is_a_typed_error(string what, Answer answer)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(answer);

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnreadableResponseException>(what)).Which;
        error.Reason.Should().Be(ErrorReason.UnreadableResponse);
        error.Status.Should().Be(System.Net.HttpStatusCode.OK);
        error.RequestId.Should().NotBeNullOrEmpty();
        error.InnerException.Should().NotBeNull();
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task A_read_whose_body_cannot_be_read_is_sent_once_more()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(Answers.Html200());

        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_body_over_the_bound_is_refused()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxResponseBytes = 100_000);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.LongBody(10_000_000));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnreadableResponseException>()).Which;
        error.Reason.Should().Be(ErrorReason.ResponseTooLarge);
        error.Origin.Should().Be(ErrorOrigin.Client);
        error.InnerException.Should().NotBeNull();
        fixture.GitHub.Requests.Should().ContainSingle("it would be as large the second time");
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_large_one_is_refused()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxResponseBytes = 1_000_000);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.GzipBomb(100_000_000));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Fact]
    public async Task A_body_as_large_as_the_bound_is_read()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxResponseBytes = 2048);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Json(200, Repository.PadRight(2048)));

        (await fixture.GetApiAsync()).Id.Should().Be(1);
    }

    [Fact]
    public async Task An_answer_that_nobody_reads_is_bounded_too()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxResponseBytes = 2048);
        fixture.GitHub.WhenAnything().Answer(Answers.LongBody(1_000_000));

        var call = () => fixture.SendAsync(HttpMethod.Delete);

        (await call.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Fact]
    public async Task The_depth_of_JSON_is_bounded_at_the_option()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxJsonDepth = 8);
        fixture.GitHub.When(HttpMethod.Get, "/eight").Answer(Answers.DeepJson(8));
        fixture.GitHub.When(HttpMethod.Get, "/nine").Answer(Answers.DeepJson(9));

        await fixture.Client.SendAsync(Requests.To(HttpMethod.Get, "/eight"), Requests.AnyJson, TestContext.Current.CancellationToken);
        var call = () => fixture.Client.SendAsync(Requests.To(HttpMethod.Get, "/nine"), Requests.AnyJson, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task A_body_shorter_than_its_announced_length_is_a_broken_connection()
    {
        await using var server = RawServer.Start(async request =>
        {
            await request.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{Repository}");
            request.Close();
        });
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmTransportException>()).Which;
        error.Origin.Should().Be(ErrorOrigin.Transport);
        error.InnerException.Should().BeAssignableTo<IOException>();
        server.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("ZZ\r\nnot a chunk\r\n")]
    [InlineData("5\r\nabcdefgh\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\nx")]
    [InlineData("5\r\nab")]
    public async Task Broken_chunks_are_a_broken_connection(string chunks)
    {
        await using var server = RawServer.Start(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            request.Close();
        });
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = fixture.GetApiAsync;

        await call.Should().ThrowAsync<ScmTransportException>();
    }

    [Theory]
    [InlineData("this is no HTTP\r\n\r\n")]
    [InlineData("HTTP/1.1 banana\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("")]
    public async Task An_answer_that_is_no_HTTP_is_a_transport_error(string answer)
    {
        await using var server = RawServer.Start(async request =>
        {
            await request.WriteAsync(answer);
            request.Close();
        });
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = fixture.GetApiAsync;

        await call.Should().ThrowAsync<ScmException>().Where(error => error.IsTransient);
    }
}
