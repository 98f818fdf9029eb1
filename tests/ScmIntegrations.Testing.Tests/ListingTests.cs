namespace ScmIntegrations.Testing.Tests;

public sealed class ListingTests : IAsyncLifetime
{
    private FakeGitHub _fake = null!;
    private FakeInstallation _installation = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(cancellationToken: Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        for (var number = 0; number < 45; number++)
        {
            _fake.AddRepository($"acme/r{number}");
        }

        _fake.AddRepository("other/secret");
        _installation = _fake.AddInstallation(_fake.AddApp(1, "Iv1.abc"), 7, "acme");
    }

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    [Fact]
    public async Task Links_lead_through_all_pages_of_an_installation()
    {
        using var client = _fake.CreateClient(_fake.MintToken(_installation));
        var names = new List<string>();
        var pages = 0;
        for (var next = "installation/repositories?per_page=20"; next is not null; pages++)
        {
            using var response = await client.GetAsync(next, Http.Cancellation);
            var json = await response.ReadJsonAsync();
            json.GetProperty("total_count").GetInt32().Should().Be(45);
            json.GetProperty("repository_selection").GetString().Should().Be("all");
            names.AddRange(json.GetProperty("repositories").EnumerateArray().Select(item => item.GetProperty("full_name").GetString()!));
            next = Links(response).GetValueOrDefault("next");
        }

        pages.Should().Be(3);
        names.Should().HaveCount(45).And.OnlyHaveUniqueItems().And.NotContain("other/secret");
    }

    [Fact]
    public async Task Links_have_githubs_relations()
    {
        using var client = _fake.CreateClient("ghp_reader");
        using var first = await client.GetAsync("orgs/acme/repos?per_page=20", Http.Cancellation);
        using var last = await client.GetAsync("orgs/acme/repos?per_page=20&page=3", Http.Cancellation);
        using var single = await client.GetAsync("orgs/acme/repos?per_page=500", Http.Cancellation);

        Links(first).Keys.Should().BeEquivalentTo("next", "last");
        Links(first)["next"].Should().Contain("/organizations/").And.Contain("per_page=20&page=2");
        Links(last).Keys.Should().BeEquivalentTo("prev", "first");
        Links(single).Should().BeEmpty();
        (await single.ReadJsonAsync()).GetArrayLength().Should().Be(45);
    }

    [Fact]
    public async Task The_default_page_holds_thirty()
    {
        using var client = _fake.CreateClient("ghp_reader");

        (await client.GetJsonAsync("user/repos")).GetArrayLength().Should().Be(30);
        (await client.GetJsonAsync("user")).GetProperty("login").GetString().Should().Be("octocat");
    }

    [Fact]
    public async Task An_installation_sees_only_what_it_covers()
    {
        _installation.SelectRepositories("acme/r3");
        using var client = _fake.CreateClient(_fake.MintToken(_installation));

        var listed = await client.GetJsonAsync("installation/repositories");
        listed.GetProperty("repository_selection").GetString().Should().Be("selected");
        listed.GetProperty("total_count").GetInt32().Should().Be(1);
        (await client.GetJsonAsync("repos/acme/r3")).GetProperty("name").GetString().Should().Be("r3");
        (await client.GetJsonAsync("repos/acme/r4")).Message().Should().Be("Not Found");
        (await client.GetJsonAsync("repos/other/secret")).Message().Should().Be("Not Found");
    }

    private static Dictionary<string, string> Links(HttpResponseMessage response) =>
        response.Header("Link").Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(link => link.Split("; rel="))
            .ToDictionary(parts => parts[1].Trim('"'), parts => parts[0].Trim('<', '>'), StringComparer.Ordinal);
}
