using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Contents;

/// <summary><c>blob_too_large</c> leads to the call that serves the file, or says that none does.</summary>
public sealed class LargeFileTests
{
    [Fact]
    public async Task Raw_serves_what_JSON_does_not()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var content = ContentFixture.Bytes(1024 * 1024 + 1);
        fixture.Api().PutFile("large", content);

        (await fixture.GetFileAsync("large")).Content.ToArray().Should().Equal(content);
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("large", "/repos/acme/api/contents")]
    [InlineData("a b/c/large", "/repos/acme/api/contents/a%20b/c")]
    public async Task A_file_that_is_too_large_for_its_path_is_read_as_a_blob(string path, string folder)
    {
        await using var fixture = await ClientFixture.StartAsync();
        var sha = fixture.Api().PutFile(path, "too large", branch: "main");
        fixture.GitHub.When(request => request.Headers["Accept"] is "application/vnd.github.raw+json" && request.Path.Contains("/contents/", StringComparison.Ordinal))
            .Answer(Answers.BlobTooLarge());

        (await fixture.GetFileAsync(path, "main")).GetText().Should().Be("too large");

        fixture.GitHub.Requests.Skip(1).Select(request => request.Target).Should().Equal($"{folder}?ref=main", $"/repos/acme/api/git/blobs/{sha}");
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_stream_takes_the_same_way()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("large", "too large");
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/contents/large").Answer(Answers.BlobTooLarge());

        await using var file = await fixture.OpenFileAsync("large");

        (await file.Content.ReadToEndAsync()).Should().Equal(ContentFixture.Utf8("too large"));
    }

    [Fact]
    public async Task A_file_above_a_hundred_megabytes_is_refused_without_asking_for_its_blob()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().PutFile("huge", "pretends");
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/contents/huge").Answer(Answers.BlobTooLarge(100));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/contents").Answer(Answers.Json(
            200, $$"""[{"path":"huge","type":"file","sha":"{{new string('a', 40)}}","size":104857601}]"""));

        var call = () => fixture.GetFileAsync("huge");

        var error = (await call.Should().ThrowAsync<ScmForbiddenException>()).Which;
        error.Reason.Should().Be(ErrorReason.BlobTooLarge);
        error.Message.Should().Contain("100 MB").And.Contain("with git");
        fixture.GitHub.Count(HttpMethod.Get, ContentFixture.Blobs).Should().Be(0);
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task A_blob_that_is_too_large_itself_says_that_no_call_serves_it()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Api().MaxBlobBytes = 3;
        var sha = fixture.Api().PutFile("huge", "four");

        var get = () => fixture.GetBlobAsync(sha);
        var open = () => fixture.OpenFileAsync("huge");

        (await get.Should().ThrowAsync<ScmForbiddenException>()).Which.Message.Should().Contain("with git");
        (await open.Should().ThrowAsync<ScmForbiddenException>()).Which.Reason.Should().Be(ErrorReason.BlobTooLarge);
    }

    public static TheoryData<string, Answer> UselessFolders => new()
    {
        { "it is not listed", Answers.Json(200, "[]") },
        { "a link is listed", Answers.Json(200, $$"""[{"path":"large","type":"symlink","sha":"{{new string('a', 40)}}","size":5}]""") },
        { "the id is none", Answers.Json(200, """[{"path":"large","type":"file","sha":"../../x","size":5}]""") },
        { "the folder cannot be read", Answers.NotFound() },
    };

    [Theory]
    [MemberData(nameof(UselessFolders))]
    public async Task Where_the_id_cannot_be_had_the_error_names_the_right_call(string what, Answer folder)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/contents/large").Answer(Answers.BlobTooLarge());
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/contents").Answer(folder);

        var call = () => fixture.GetFileAsync("large");

        var error = (await call.Should().ThrowAsync<ScmForbiddenException>(what)).Which;
        error.Reason.Should().Be(ErrorReason.BlobTooLarge);
        error.Message.Should().Contain("OpenBlobAsync");
    }
}
