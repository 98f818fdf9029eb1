using System.Net;

namespace ScmIntegrations.Testing.Tests;

public sealed class RepositoryTests : IAsyncLifetime
{
    private readonly FakeTree _tree = new FakeTreeBuilder().File("README.md", "# Hi").File("src/a.cs", "a").File("src/deep/b.cs", "b").Submodule("vendor", new string('c', 40)).Build();
    private FakeGitHub _fake = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(options => options.UnmatchedRequests = UnmatchedRequestHandling.NotFound, Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api", repository => repository.Tree = _tree);
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task A_repository_is_found_by_name_in_any_case_and_by_number()
    {
        var byName = await _client.GetJsonAsync("repos/ACME/Api");
        var id = byName.GetProperty("id").GetInt64();

        byName.GetProperty("full_name").GetString().Should().Be("acme/api");
        byName.GetProperty("default_branch").GetString().Should().Be("main");
        byName.GetProperty("owner").GetProperty("login").GetString().Should().Be("acme");
        (await _client.GetJsonAsync($"repositories/{id}")).GetProperty("full_name").GetString().Should().Be("acme/api");
        (await _client.GetJsonAsync($"repositories/{id}/git/trees/main")).GetProperty("tree").GetArrayLength().Should().Be(3);
    }

    [Fact]
    public async Task A_renamed_repository_redirects_to_its_number()
    {
        _fake.RenameRepository("acme/api", "acme/backend");

        // HttpClient drops the credential when it follows a redirect by itself.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _fake.Address };
        client.DefaultRequestHeaders.Add("User-Agent", "test");
        client.DefaultRequestHeaders.Add("Authorization", "Bearer ghp_reader");
        using var moved = await client.GetAsync("repos/acme/api/git/trees/main?recursive=1", Http.Cancellation);
        var tree = await client.GetJsonAsync(moved.Headers.Location!.AbsoluteUri);

        moved.StatusCode.Should().Be(HttpStatusCode.MovedPermanently);
        moved.Headers.Location.PathAndQuery.Should().Be($"/repositories/{_fake.Repository("acme/backend").Id}/git/trees/main?recursive=1");
        tree.GetProperty("url").GetString().Should().Contain("/repos/acme/backend/");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("HEAD")]
    [InlineData("heads%2Fmain")]
    [InlineData("refs%2Fheads%2Fmain")]
    [InlineData("{commit}")]
    public async Task A_tree_asked_for_by_a_commits_name_echoes_the_commit(string reference)
    {
        var tree = await _client.GetJsonAsync($"repos/acme/api/git/trees/{reference.Replace("{commit}", _tree.CommitId, StringComparison.Ordinal)}?recursive=0");

        tree.GetProperty("sha").GetString().Should().Be(_tree.CommitId);
        tree.GetProperty("truncated").GetBoolean().Should().BeFalse();
        tree.GetProperty("tree").EnumerateArray().Select(entry => entry.GetProperty("path").GetString())
            .Should().Equal("README.md", "src", "src/a.cs", "src/deep", "src/deep/b.cs", "vendor");
    }

    [Fact]
    public async Task A_submodule_has_neither_size_nor_address()
    {
        var tree = await _client.GetJsonAsync("repos/acme/api/git/trees/main");
        var entries = tree.GetProperty("tree").EnumerateArray().ToDictionary(entry => entry.GetProperty("path").GetString()!, StringComparer.Ordinal);

        entries.Keys.Should().Equal("README.md", "src", "vendor");
        entries["README.md"].GetProperty("size").GetInt64().Should().Be(4);
        entries["vendor"].TryGetProperty("url", out _).Should().BeFalse();
        entries["vendor"].GetProperty("type").GetString().Should().Be("commit");
        entries["src"].TryGetProperty("size", out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_truncated_tree_can_be_completed_by_walking_sub_trees()
    {
        var generated = FakeTree.Generate(400, seed: 3);
        _fake.AddRepository("acme/large", repository => (repository.Tree, repository.TruncateAbove) = (generated, 100));

        var whole = await _client.GetJsonAsync("repos/acme/large/git/trees/main?recursive=1");
        whole.GetProperty("truncated").GetBoolean().Should().BeTrue();
        whole.GetProperty("tree").GetArrayLength().Should().Be(100);

        var found = new List<string>();
        var open = new Queue<(string Prefix, string Sha)>([("", generated.TreeId)]);
        while (open.TryDequeue(out var folder))
        {
            var answer = await _client.GetJsonAsync($"repos/acme/large/git/trees/{folder.Sha}");
            answer.GetProperty("sha").GetString().Should().Be(folder.Sha);
            foreach (var entry in answer.GetProperty("tree").EnumerateArray())
            {
                var path = folder.Prefix + entry.GetProperty("path").GetString();
                found.Add(path);
                if (entry.GetProperty("type").GetString() is "tree")
                {
                    open.Enqueue((path + "/", entry.GetProperty("sha").GetString()!));
                }
            }
        }

        found.Order(StringComparer.Ordinal).Should().Equal(generated.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_empty_repository_answers_409_until_somebody_pushes()
    {
        _fake.AddRepository("acme/new");
        using var empty = await _client.GetAsync("repos/acme/new/git/trees/main", Http.Cancellation);
        empty.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await empty.Content.ReadAsStringAsync(Http.Cancellation)).Should().Be(
            """{"message":"Git Repository is empty.","documentation_url":"https://docs.github.com/rest/git/trees#get-a-tree","status":"409"}""");

        _fake.Push("acme/new", _tree);

        (await _client.GetJsonAsync("repos/acme/new/git/trees/main")).GetProperty("sha").GetString().Should().Be(_tree.CommitId);
    }

    [Fact]
    public async Task A_push_moves_the_branch_and_keeps_the_old_commit_readable()
    {
        var pushed = _fake.Push("acme/api", _tree);

        pushed.CommitId.Should().NotBe(_tree.CommitId);
        pushed.TreeId.Should().Be(_tree.TreeId);
        (await _client.GetJsonAsync("repos/acme/api/git/trees/main")).GetProperty("sha").GetString().Should().Be(pushed.CommitId);
        (await _client.GetJsonAsync($"repos/acme/api/git/trees/{_tree.CommitId}")).GetProperty("sha").GetString().Should().Be(_tree.CommitId);
    }

    [Fact]
    public async Task A_branch_leads_to_its_commit_and_its_tree()
    {
        var feature = _fake.Push("acme/api", FakeTree.FromPaths("only.txt"), "feature/x");

        var branch = await _client.GetJsonAsync("repos/acme/api/branches/feature%2Fx");
        branch.GetProperty("commit").GetProperty("sha").GetString().Should().Be(feature.CommitId);
        branch.GetProperty("commit").GetProperty("commit").GetProperty("tree").GetProperty("sha").GetString().Should().Be(feature.TreeId);
        (await _client.GetJsonAsync("repos/acme/api/git/ref/heads/feature/x")).GetProperty("object").GetProperty("sha").GetString().Should().Be(feature.CommitId);
        (await _client.GetJsonAsync("repos/acme/api/commits/feature%2Fx")).GetProperty("sha").GetString().Should().Be(feature.CommitId);
        (await _client.GetJsonAsync($"repos/acme/api/git/commits/{feature.CommitId}")).GetProperty("tree").GetProperty("sha").GetString().Should().Be(feature.TreeId);
    }

    [Theory]
    [InlineData("repos/acme/missing")]
    [InlineData("repos/acme/api/")]
    [InlineData("repos/acme/api/git/trees/no-such-ref")]
    [InlineData("repos/acme/api/git/trees/refs/heads/main")]
    [InlineData("nowhere")]
    public async Task Whatever_is_not_there_answers_404(string path)
    {
        using var response = await _client.GetAsync(path, Http.Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ReadJsonAsync()).Message().Should().Be("Not Found");
    }

    [Fact]
    public async Task An_enterprise_server_answers_under_its_prefix_only()
    {
        await using var enterprise = await FakeGitHub.StartAsync(options => (options.ApiPathPrefix, options.RequireCredentials, options.UnmatchedRequests) = ("/api/v3", false, UnmatchedRequestHandling.NotFound), Http.Cancellation);
        enterprise.AddRepository("acme/api", repository => repository.Tree = _tree);
        using var client = enterprise.CreateClient();

        enterprise.Address.AbsolutePath.Should().Be("/api/v3/");
        (await client.GetJsonAsync("repos/acme/api")).GetProperty("url").GetString().Should().StartWith(enterprise.Address.AbsoluteUri);
        using var outside = await client.GetAsync("/repos/acme/api", Http.Cancellation);
        outside.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
