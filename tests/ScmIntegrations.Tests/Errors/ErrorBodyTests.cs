using System.Text;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.Http;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>The status of an error means something whatever its body looks like.</summary>
public sealed class ErrorBodyTests
{
    public static TheoryData<string, Answer> OddBodies => new()
    {
        { "nothing", Answers.Text(404) },
        { "a web page", Answers.Text(404, "<html><body>Not here</body></html>", "text/html") },
        { "plain text", Answers.Text(404, "not here") },
        { "an array", Answers.Json(404, "[1,2]") },
        { "null", Answers.Json(404, "null") },
        { "a message that is a number", Answers.Json(404, """{"message":5,"documentation_url":[],"errors":7}""") },
        { "errors in a string", Answers.Json(404, """{"message":"m","errors":"one"}""") },
        { "deep JSON", Answers.Json(404, new string('[', 5000)) },
        { "deep errors", Answers.Json(404, $$"""{"message":"m","errors":{{new string('[', 60)}}{{new string(']', 60)}}}""") },
        { "bytes that are no UTF-8", Answers.Bytes(404, new byte[] { 0xff, 0xfe, 0xfd }) },
        { "a message that is no UTF-8", Answers.Bytes(404, Encoding.Latin1.GetBytes("{\"message\":\"\u00ff\u00fe\",\"errors\":[\"\u00ff\"]}")) },
        { "a message with half a surrogate", Answers.Json(404, """{"message":"\ud800","documentation_url":"\udfff","errors":["\ud800",{"field":"\ud800"}]}""") },
        { "errors with a name that is no UTF-8", Answers.Bytes(404, Encoding.Latin1.GetBytes("{\"m\u00ff\":1,\"message\":\"m\",\"errors\":[{\"\u00ff\":1}]}")) },
        { "a broken gzip", Answers.Text(404, "no gzip").WithHeader("Content-Encoding", "gzip") },
        { "a gzip that ends early", Answers.Bytes(404, new byte[] { 0x1f, 0x8b, 8, 0, 0 }).WithHeader("Content-Encoding", "gzip") },
        { "a body that is cut off", Answers.NotFound().CutAfter(20) },
        { "an address that is none", Answers.GitHubError(404, "m", "not an address") },
    };

    [Theory]
    [InlineData("Bearer zzzzzzzzzzzzzzzzzzzzzzzz", 12)]
    [InlineData("client_secret=zzzzzzzzzzzzzzzz", 8)]
    public void A_secret_that_the_bound_of_a_text_goes_through_is_masked_whole(string secret, int inside)
    {
        var body = Encoding.UTF8.GetBytes(new string('a', Redaction.MaxLength - inside - 1) + " " + secret + " is bad");

        GitHubErrorBody.Read(body).Message.Should().NotContain("zzz").And.NotContain("client_s");
    }

    [Theory]
    [MemberData(nameof(OddBodies))]
    public async Task A_404_is_a_404_whatever_its_body(string what, Answer answer)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.Resilience.MaxAttempts = 1);
        fixture.GitHub.WhenAnything().Answer(answer);

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmNotFoundException>(what)).Which;
        error.DocumentationUrl?.Scheme.Should().Be("https");
        error.Message.Should().NotContain("<html>");
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task What_broke_the_body_off_is_kept_as_the_cause()
    {
        await using var server = RawServer.Start(async request =>
        {
            await request.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 1000\r\n\r\n{\"message\":");
            request.Close();
        });
        await using var fixture = await ClientFixture.StartAsync(setup => setup.ApiAddress = server.Address);

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmNotFoundException>()).Which.InnerException.Should().BeAssignableTo<IOException>();
    }

    [Fact]
    public async Task A_validation_error_lists_its_complaints()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, """
            {"message":"Validation Failed","documentation_url":"https://docs.github.com/rest/x","errors":[
              {"resource":"Issue","field":"title","code":"missing_field"},"a string",{"message":"a message"},17]}
            """));

        var call = () => fixture.SendAsync(HttpMethod.Post);

        var error = (await call.Should().ThrowAsync<ScmValidationException>()).Which;
        error.Errors.Should().Equal("Issue title missing_field", "a string", "a message", "17");
        error.DocumentationUrl.Should().Be(new Uri("https://docs.github.com/rest/x"));
        error.Message.Should().Contain("Validation Failed");
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task The_list_of_complaints_is_bounded()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, $$"""{"message":"m","errors":[{{string.Join(',', Enumerable.Repeat("\"e\"", 100_000))}}]}"""));

        var call = () => fixture.SendAsync(HttpMethod.Post);

        (await call.Should().ThrowAsync<ScmValidationException>()).Which.Errors.Should().HaveCountLessThanOrEqualTo(100);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_huge_body_is_read_no_further_than_its_bound(bool compressed)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxErrorBytes = 2048);
        fixture.GitHub.WhenAnything().Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            context.Response.StatusCode = 409;
            var body = context.Response.Body;
            if (compressed)
            {
                context.Response.Headers.ContentEncoding = "gzip";
                body = new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true);
            }

            await body.WriteAsync(Encoding.UTF8.GetBytes("Git Repository is empty." + new string(' ', 5_000_000)), cancellationToken);
            if (compressed)
            {
                await body.DisposeAsync();
            }
        }));

        var call = fixture.GetApiAsync;

        await call.Should().ThrowAsync<ScmEmptyRepositoryException>();
    }

    [Fact]
    public async Task A_documentation_page_is_https_or_none()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(404, "m", "javascript:alert(1)"));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmNotFoundException>()).Which.DocumentationUrl.Should().BeNull();
    }
}
