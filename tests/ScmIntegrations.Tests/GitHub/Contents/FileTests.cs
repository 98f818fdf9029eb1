using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Contents;

/// <summary>A file in memory, byte for byte.</summary>
public sealed class FileTests
{
    [Fact]
    public async Task A_file_is_read_raw_in_one_request()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var sha = fixture.Api().PutFile("src/a b.cs", new byte[] { 0, 255, 13, 10 });

        var file = await fixture.GetFileAsync("src/a b.cs");

        file.Content.ToArray().Should().Equal(0, 255, 13, 10);
        (file.Path, file.Size, file.Sha).Should().Be(("src/a b.cs", 4, sha));
        file.ETag.Should().NotBeNullOrEmpty();
        fixture.GitHub.Requests.Should().ContainSingle().Which.Headers["Accept"].Should().Be("application/vnd.github.raw+json");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("empty", "");

        var file = await fixture.GetFileAsync("empty");

        file.Size.Should().Be(0);
        file.Sha.Should().Be("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "git gives every empty file this id");
        file.GetText().Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_is_read_at_a_ref()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("README.md", "main");
        fixture.Api().PutFile("README.md", "feature", branch: "feature/a#1");

        (await fixture.GetFileAsync(gitRef: "feature/a#1")).GetText().Should().Be("feature");
        (await fixture.GetFileAsync(gitRef: fixture.Api().CommitSha)).GetText().Should().Be("main");
        fixture.GitHub.Requests[0].Target.Should().Be("/repos/acme/api/contents/README.md?ref=feature%2Fa%231");
    }

    [Fact]
    public async Task Text_is_UTF_8_without_its_mark()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("text", new byte[] { 0xef, 0xbb, 0xbf, 0xc3, 0xa9 });

        var file = await fixture.GetFileAsync("text");

        file.GetText().Should().Be("é");
        file.Size.Should().Be(5);
        file.ToString().Should().NotContain("é");
    }

    [Fact]
    public async Task A_link_to_a_file_gives_the_file()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().Tree = new FakeTreeBuilder().File("README.md", "here").SymbolicLink("docs/link", "../README.md").Build();

        (await fixture.GetFileAsync("docs/link")).GetText().Should().Be("here");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_an_attempt_that_failed()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("README.md", "the whole of it");
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Once().Answer(Answers.Real().ResetAfter(5));

        (await fixture.GetFileAsync()).GetText().Should().Be("the whole of it");
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Less_than_was_announced_is_never_a_file()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
            setup.HttpClient = client => client.AddHttpMessageHandler(() => new AnnouncingHandler(length: 10)));
        fixture.Api().PutFile("README.md", "five!");

        var call = () => fixture.GetFileAsync();

        var error = (await call.Should().ThrowAsync<ScmTransportException>()).Which;
        error.Message.Should().Contain("5 of 10 bytes");
        error.Error.Rule.Should().Be("6");
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    public static TheoryData<string, Answer> WrongBodies => new()
    {
        { "a web page", Answers.Html200() },
        { "an encoding that was not asked for", Answers.Bytes(200, new byte[] { 1 }, ContentFixture.RawType).WithHeader("Content-Encoding", "br") },
        { "a lie about gzip", Answers.Text(200, "not gzip at all", ContentFixture.RawType).WithHeader("Content-Encoding", "gzip") },
        { "JSON that is none", Answers.Json(200, "[") },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task What_is_no_raw_content_is_no_file(string what, Answer answer)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, ContentFixture.Contents).Answer(answer);

        var call = () => fixture.GetFileAsync();

        await call.Should().ThrowAsync<ScmUnreadableResponseException>(what);
    }

    [Fact]
    public async Task A_file_of_JSON_or_HTML_is_raw_like_any_other()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("a.json", """{"type":"submodule"}""");
        fixture.Api().PutFile("a.html", "<html>");

        (await fixture.GetFileAsync("a.json")).GetText().Should().Be("""{"type":"submodule"}""");
        (await fixture.GetFileAsync("a.html")).GetText().Should().Be("<html>");
    }

    [Fact]
    public async Task The_bound_is_that_of_blobs_and_not_that_of_JSON()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => (options.MaxResponseBytes, options.MaxBlobBytes) = (1024, 2048));
        fixture.Api().PutFile("fits", ContentFixture.Bytes(2048));
        fixture.Api().PutFile("over", ContentFixture.Bytes(2049));

        (await fixture.GetFileAsync("fits")).Size.Should().Be(2048);
        var call = () => fixture.GetFileAsync("over");
        (await call.Should().ThrowAsync<ScmUnreadableResponseException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    /// <summary>Announces another length than comes, as a proxy that cuts bodies short.</summary>
    private sealed class AnnouncingHandler(long length) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var type = response.Content.Headers.ContentType;
            response.Content = new ByteArrayContent(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            response.Content.Headers.ContentType = type;
            response.Content.Headers.ContentLength = length;
            return response;
        }
    }
}
