using System.Net;
using System.Text;

namespace ScmIntegrations.Testing.Tests;

/// <summary>Files, folders and blobs have GitHub's shapes.</summary>
public sealed class ContentTests : IAsyncLifetime
{
    private const string Raw = "application/vnd.github.raw+json";
    private const string Object = "application/vnd.github.object+json";
    private const string Json = "application/vnd.github+json";

    private FakeGitHub _fake = null!;
    private FakeRepository _repository = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(cancellationToken: Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        _repository = _fake.AddRepository("acme/api", repository => repository.Tree = new FakeTreeBuilder()
            .File("README.md", "# Hi").File("src/a.cs", "a").File("src/deep/b.cs", "b").File("binary", new byte[] { 0, 255, 10 })
            .SymbolicLink("docs/readme", "../README.md").SymbolicLink("docs/nowhere", "../../etc/passwd").Submodule("vendor/lib", new string('c', 40)).Build());
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_JSON_with_wrapped_base64()
    {
        var file = (await GetAsync("contents/README.md", Json)).RootElement();

        file.GetProperty("type").GetString().Should().Be("file");
        file.GetProperty("path").GetString().Should().Be("README.md");
        file.GetProperty("size").GetInt32().Should().Be(4);
        file.GetProperty("encoding").GetString().Should().Be("base64");
        file.GetProperty("content").GetString().Should().Be("IyBIaQ==\n");
        file.GetProperty("sha").GetString().Should().Be("b2468c72a0cdd6a0874d35b9663fb16b40ad7d60", "git hash-object says so");
    }

    [Fact]
    public async Task Raw_is_the_bytes_under_a_media_type_of_its_own()
    {
        var (status, type, body) = await GetAsync("contents/binary", Raw);

        (status, type).Should().Be((HttpStatusCode.OK, Raw));
        body.Should().Equal(0, 255, 10);
    }

    [Fact]
    public async Task A_folder_is_an_array_even_raw_and_an_object_where_one_is_asked_for()
    {
        var array = (await GetAsync("contents/src", Raw)).RootElement();
        var asObject = (await GetAsync("contents/src", Object)).RootElement();

        array.EnumerateArray().Select(entry => (entry.GetProperty("path").GetString(), entry.GetProperty("type").GetString()))
            .Should().Equal(("src/a.cs", "file"), ("src/deep", "dir"));
        asObject.GetProperty("type").GetString().Should().Be("dir");
        asObject.GetProperty("entries").GetArrayLength().Should().Be(2);
        (await GetAsync("contents", Json)).RootElement().GetArrayLength().Should().Be(5);
    }

    [Fact]
    public async Task A_link_to_a_file_is_the_file_and_any_other_describes_itself()
    {
        Encoding.UTF8.GetString((await GetAsync("contents/docs/readme", Raw)).Body).Should().Be("# Hi");

        var link = (await GetAsync("contents/docs/nowhere", Raw)).RootElement();
        link.GetProperty("type").GetString().Should().Be("symlink");
        link.GetProperty("target").GetString().Should().Be("../../etc/passwd");
    }

    [Fact]
    public async Task A_submodule_describes_itself_and_is_a_file_in_its_folder()
    {
        (await GetAsync("contents/vendor/lib", Raw)).RootElement().GetProperty("type").GetString().Should().Be("submodule");
        (await GetAsync("contents/vendor", Json)).RootElement()[0].GetProperty("type").GetString().Should().Be("file");
    }

    [Fact]
    public async Task Above_one_megabyte_a_file_is_raw_or_an_object_without_content()
    {
        _repository.MaxInlineBytes = 3;

        var refused = await GetAsync("contents/README.md", Json);
        refused.Status.Should().Be(HttpStatusCode.Forbidden);
        refused.RootElement().GetProperty("message").GetString().Should().StartWith("This API returns blobs up to 1 MB in size.");
        refused.RootElement().GetProperty("errors")[0].GetProperty("code").GetString().Should().Be("too_large");

        var asObject = (await GetAsync("contents/README.md", Object)).RootElement();
        asObject.GetProperty("content").GetString().Should().BeEmpty();
        asObject.GetProperty("encoding").GetString().Should().Be("none");
        Encoding.UTF8.GetString((await GetAsync("contents/README.md", Raw)).Body).Should().Be("# Hi");
    }

    [Theory]
    [InlineData("contents/README.md", Raw)]
    [InlineData("contents/README.md", Object)]
    [InlineData("git/blobs/b2468c72a0cdd6a0874d35b9663fb16b40ad7d60", Raw)]
    public async Task Above_a_hundred_nothing_is_served(string path, string accept)
    {
        _repository.MaxBlobBytes = 3;

        var refused = await GetAsync(path, accept);

        refused.Status.Should().Be(HttpStatusCode.Forbidden);
        refused.RootElement().GetProperty("errors")[0].GetProperty("code").GetString().Should().Be("too_large");
    }

    [Fact]
    public async Task A_blob_is_found_by_its_id()
    {
        var sha = _repository.PutFile("data.bin", new byte[] { 1, 2, 3 });

        (await GetAsync($"git/blobs/{sha}", Raw)).Body.Should().Equal(1, 2, 3);
        var blob = (await GetAsync($"git/blobs/{sha}", Json)).RootElement();
        blob.GetProperty("content").GetString().Should().Be("AQID\n");
        blob.GetProperty("size").GetInt32().Should().Be(3);
        (await GetAsync($"git/blobs/{new string('0', 40)}", Raw)).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_missing_is_missing_in_GitHubs_words()
    {
        _fake.AddRepository("acme/empty");

        (await GetAsync("contents/none", Raw)).RootElement().GetProperty("message").GetString().Should().Be("Not Found");
        (await GetAsync("contents/README.md?ref=none", Raw)).RootElement().GetProperty("message").GetString().Should().Be("No commit found for the ref none");
        var empty = await GetAsync("contents/README.md", Raw, "acme/empty");
        empty.Status.Should().Be(HttpStatusCode.NotFound);
        empty.RootElement().GetProperty("message").GetString().Should().Be("This repository is empty.");
        (await GetAsync($"git/blobs/{new string('0', 40)}", Raw, "acme/empty")).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_file_that_is_put_joins_those_that_are_there()
    {
        _repository.PutFile("src/a.cs", "changed");
        _repository.PutFile("only/here", "x", branch: "feature");

        Encoding.UTF8.GetString((await GetAsync("contents/src/a.cs", Raw)).Body).Should().Be("changed");
        Encoding.UTF8.GetString((await GetAsync("contents/README.md", Raw)).Body).Should().Be("# Hi");
        Encoding.UTF8.GetString((await GetAsync("contents/only/here?ref=feature", Raw)).Body).Should().Be("x");
        (await GetAsync("contents/only/here", Raw)).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bytes_that_nobody_gave_are_not_made_up()
    {
        _repository.Tree = FakeTree.Generate(5);
        var file = _repository.Tree!.Entries.First(entry => entry.Type is "blob");

        (await GetAsync($"contents/{file.Path}", Raw)).Status.Should().Be(HttpStatusCode.NotImplemented);
    }

    private async Task<Got> GetAsync(string path, string accept, string repository = "acme/api")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"repos/{repository}/{path}");
        request.Headers.Add("Accept", accept);
        using var response = await _client.SendAsync(request, Http.Cancellation);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(Http.Cancellation));
    }

    private sealed record Got(HttpStatusCode Status, string? MediaType, byte[] Body)
    {
        public System.Text.Json.JsonElement RootElement() => System.Text.Json.JsonDocument.Parse(Body).RootElement;
    }
}
