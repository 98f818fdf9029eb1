using System.Text.Json;

namespace ScmIntegrations.Testing.Tests;

/// <summary>Bodies for stubs are those that the fake answers with.</summary>
public sealed class PayloadTests
{
    [Fact]
    public async Task A_repository_and_a_tree_are_as_the_fake_answers()
    {
        await using var fake = FakeGitHub.InMemory(options => options.RequireCredentials = false);
        var tree = new FakeTreeBuilder().File("a.txt", "1").File("b/c.txt", "2").Build();
        fake.AddRepository("acme/api", repository => (repository.IsArchived, repository.Tree) = (true, tree));
        using var client = fake.CreateClient();

        var repository = Same(await client.GetStringAsync("repos/acme/api", Http.Cancellation), fake);
        var listed = Same(await client.GetStringAsync("repos/acme/api/git/trees/main?recursive=1", Http.Cancellation), fake);

        // Ids are given in the order of adding, in the fake as here.
        Payloads.Repository("acme/api", each => (each.IsArchived, each.Tree) = (true, tree)).Should().Be(repository);
        Properties(Payloads.Tree(tree)).Should().BeEquivalentTo(Properties(listed));
        Payloads.Tree(tree, truncated: true).Should().Contain("\"truncated\":true");
    }

    [Fact]
    public void Lists_limits_and_errors()
    {
        JsonDocument.Parse(Payloads.Repositories("acme/api", "acme/web")).RootElement.EnumerateArray().Select(each => each.GetProperty("full_name").GetString()).Should().Equal("acme/api", "acme/web");
        var core = JsonDocument.Parse(Payloads.RateLimit(5000, 4990, DateTimeOffset.UnixEpoch.AddSeconds(7))).RootElement.GetProperty("resources").GetProperty("core");
        (core.GetProperty("remaining").GetInt32(), core.GetProperty("reset").GetInt32()).Should().Be((10, 7));
        Payloads.Error(404, "Not Found").Should().Be("""{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}""");
        FluentActions.Invoking(() => Payloads.Repository("no-slash")).Should().Throw<ArgumentException>();
    }

    private static string Same(string json, FakeGitHub fake) => json.Replace(fake.Address.AbsoluteUri.TrimEnd('/'), "https://api.github.com", StringComparison.Ordinal);

    private static IEnumerable<string> Properties(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().Where(property => property.Name is not ("sha" or "url")).Select(property => property.ToString());
}
