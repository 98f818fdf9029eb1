using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests;

public sealed class WebhookDeliveryTests : IAsyncDisposable
{
    private const string None = "0000000000000000000000000000000000000000";
    private readonly FakeGitHub _fake = FakeGitHub.InMemory();
    private readonly FakeInstallation _installation;

    public WebhookDeliveryTests()
    {
        _fake.AddRepository("acme/api");
        _fake.AddRepository("acme/web", repository => repository.IsPrivate = false);
        _fake.AddRepository("other/thing");
        using var key = System.Security.Cryptography.RSA.Create(1024);
        _installation = _fake.AddInstallation(_fake.AddApp(7, "Iv1.app", key.ExportRSAPrivateKeyPem()), 42, "acme");
    }

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    [Fact]
    public void The_signature_is_that_of_githubs_documentation()
    {
        var delivery = FakeGitHubDelivery.Create("ping", "Hello, World!", "It's a Secret to Everybody");

        delivery.Header("X-Hub-Signature-256").Should().Be("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        delivery.ToString().Should().Contain("ping").And.NotContain("7571").And.NotContain("Hello");
        (delivery.Event, delivery.Id).Should().Be(("ping", delivery.Header("x-github-delivery")));
        delivery.WithHeader("X-GitHub-Event", "push").Event.Should().Be("push");
        delivery.WithHeader("X-Hub-Signature-256", null).Header("X-Hub-Signature-256").Should().BeNull();
        FakeGitHubDelivery.Create("ping", "{}", "s").Id.Should().NotBe(delivery.Id);
    }

    [Fact]
    public void A_push_tells_the_commits_and_files()
    {
        var first = _fake.Push("acme/api", new FakeTreeBuilder().File("a.txt", "1").File("b.txt", "1").Build());
        Push().Should().Be(("refs/heads/main", None, first.CommitId, true, false, "a.txt b.txt", "", ""));

        var second = _fake.Push("acme/api", new FakeTreeBuilder().File("b.txt", "2").File("c/d.txt", "1").Build());
        Push().Should().Be(("refs/heads/main", first.CommitId, second.CommitId, false, false, "c/d.txt", "a.txt", "b.txt"));

        _fake.Repository("acme/api").DeleteBranch("main");
        Push().Should().Be(("refs/heads/main", second.CommitId, None, false, true, "", "", ""));
    }

    [Fact]
    public void Events_of_a_repository_name_it_its_installation_and_the_sender()
    {
        _fake.Webhooks.Sender = "hubot";
        var renamed = Read(_fake.Webhooks.RepositoryRenamed("acme/web", "site"), "repository");

        renamed.GetProperty("action").GetString().Should().Be("renamed");
        renamed.GetProperty("changes").GetProperty("repository").GetProperty("name").GetProperty("from").GetString().Should().Be("site");
        renamed.GetProperty("repository").GetProperty("full_name").GetString().Should().Be("acme/web");
        renamed.GetProperty("repository").GetProperty("private").GetBoolean().Should().BeFalse();
        renamed.GetProperty("installation").GetProperty("id").GetInt64().Should().Be(42);
        renamed.GetProperty("sender").GetProperty("login").GetString().Should().Be("hubot");
        Read(_fake.Webhooks.Repository("other/thing", "archived"), "repository").TryGetProperty("installation", out _).Should().BeFalse();
        Read(_fake.Webhooks.RefCreated("acme/api", "v1", "tag"), "create").GetProperty("ref_type").GetString().Should().Be("tag");
        Read(_fake.Webhooks.RefDeleted("acme/api", "topic"), "delete").GetProperty("ref").GetString().Should().Be("topic");
        Read(_fake.Webhooks.Member("acme/api", "mona", "removed"), "member").GetProperty("member").GetProperty("login").GetString().Should().Be("mona");
        Read(_fake.Webhooks.Ping(), "ping").GetProperty("hook_id").GetInt32().Should().Be(1);
        Read(_fake.Webhooks.AuthorizationRevoked("mona"), "github_app_authorization").GetProperty("sender").GetProperty("login").GetString().Should().Be("mona");
        Read(_fake.Webhooks.Event("star", """{"action":"created"}"""), "star").GetProperty("action").GetString().Should().Be("created");
        _fake.Webhooks.Invoking(webhooks => webhooks.Push("acme/missing")).Should().Throw<KeyNotFoundException>().WithMessage("*acme/missing*");
    }

    [Fact]
    public void Events_of_an_installation_name_repositories_as_github_does()
    {
        var created = Read(_fake.Webhooks.Installation(_installation, "created"), "installation");
        Names(created.GetProperty("repositories")).Should().Equal("acme/api", "acme/web");
        created.GetProperty("installation").GetProperty("permissions").GetProperty("contents").GetString().Should().Be("read");
        Read(_fake.Webhooks.Installation(_installation, "suspend"), "installation").TryGetProperty("repositories", out _).Should().BeFalse();

        var changed = Read(_fake.Webhooks.InstallationRepositories(_installation, removed: ["acme/web"]), "installation_repositories");
        changed.GetProperty("action").GetString().Should().Be("removed");
        Names(changed.GetProperty("repositories_removed")).Should().Equal("acme/web");
        Names(changed.GetProperty("repositories_added")).Should().BeEmpty();
        Read(_fake.Webhooks.InstallationRepositories(_installation, ["acme/api"]), "installation_repositories").GetProperty("action").GetString().Should().Be("added");
    }

    [Fact]
    public async Task It_is_posted_as_github_posts_it()
    {
        await using var endpoint = FakeGitHub.InMemory();
        endpoint.When(HttpMethod.Post, "/hooks").Answer(Answers.Text(202));
        using var client = endpoint.CreateClient();
        var delivery = _fake.Webhooks.Ping();

        using var first = await delivery.PostAsync(client, new Uri("hooks", UriKind.Relative), Http.Cancellation);
        using var again = await delivery.PostAsync(client, new Uri("hooks", UriKind.Relative), Http.Cancellation);

        ((int)first.StatusCode).Should().Be(202);
        endpoint.Requests.Select(request => request.Headers["X-GitHub-Delivery"]).Distinct(StringComparer.Ordinal).Should().ContainSingle().Which.Should().Be(delivery.Id);
        var posted = endpoint.Requests[0];
        posted.Body.Should().Be(Encoding.UTF8.GetString(delivery.Body.Span));
        posted.Headers["Content-Type"].Should().Be("application/json");
        posted.Headers["X-GitHub-Event"].Should().Be("ping");
        posted.Headers["User-Agent"].Should().Contain("GitHub-Hookshot/");
        posted.Headers["X-Hub-Signature-256"].Should().StartWith("sha256=");
    }

    private static IEnumerable<string?> Names(JsonElement list) => list.EnumerateArray().Select(item => item.GetProperty("full_name").GetString());

    private (string? Ref, string? Before, string? After, bool Created, bool Deleted, string Added, string Removed, string Modified) Push()
    {
        var push = Read(_fake.Webhooks.Push("acme/api"), "push");
        var commit = push.GetProperty("head_commit");
        string Paths(string name) => commit.ValueKind is JsonValueKind.Null ? "" : string.Join(' ', commit.GetProperty(name).EnumerateArray().Select(path => path.GetString()));
        return (push.GetProperty("ref").GetString(), push.GetProperty("before").GetString(), push.GetProperty("after").GetString(), push.GetProperty("created").GetBoolean(), push.GetProperty("deleted").GetBoolean(), Paths("added"), Paths("removed"), Paths("modified"));
    }

    private static JsonElement Read(FakeGitHubDelivery delivery, string name)
    {
        delivery.Event.Should().Be(name);
        using var document = JsonDocument.Parse(delivery.Body);
        return document.RootElement.Clone();
    }
}
