using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>Tokens of an installation, whole and narrowed.</summary>
public sealed class ScopedTokenTests
{
    private const string Mint = "/app/installations/{id}/access_tokens";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    /// <summary>Scopes that must not be sent: some of them would open everything.</summary>
    public static TheoryData<string, InstallationTokenScope> BadScopes => new()
    {
        { "0 repositories", new() { Repositories = [] } },
        { "0 repositories", new() { RepositoryIds = [] } },
        { "501 repositories", new() { RepositoryIds = [.. Enumerable.Range(1, 501).Select(id => (long)id)] } },
        { "501 repositories", new() { Repositories = [.. Enumerable.Range(1, 501).Select(id => new RepositoryRef("acme", $"r{id}"))] } },
        { "by name and by id", new() { Repositories = [Requests.Api], RepositoryIds = [1] } },
        { "one owner", new() { Repositories = [Requests.Api, new("other/api")] } },
        { "null", new() { Repositories = [null!] } },
        { "0 is no id", new() { RepositoryIds = [5, 0] } },
        { "-3 is no id", new() { RepositoryIds = [-3] } },
        { "No permission", new() { Permissions = new Dictionary<string, string>(StringComparer.Ordinal) } },
        { "blank", new() { Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { [" "] = "read" } } },
        { "'contents'", new() { Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "" } } },
    };

    [Fact]
    public async Task A_token_without_a_scope_has_what_the_installation_has()
    {
        await using var fixture = await StartAsync();

        var minted = await fixture.Client.CreateInstallationTokenAsync(7, null, Cancellation);

        minted.ExpiresAt.Should().Be(fixture.Time.GetUtcNow() + TimeSpan.FromHours(1));
        minted.Token.ExpiresAt.Should().Be(minted.ExpiresAt);
        minted.Permissions.Should().Equal(AppFixture.Permissions("contents=write", "metadata=read"));
        minted.RepositorySelection.Should().Be("all");
        minted.Repositories.Should().BeEmpty();
        fixture.GitHub.Find(HttpMethod.Post, Mint).Should().ContainSingle().Which.Body.Should().BeEmpty();
        fixture.Fixture.OutcomesOf("create_installation_token").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_token_is_narrowed_to_names_and_permissions()
    {
        await using var fixture = await StartAsync();

        var minted = await fixture.Client.CreateInstallationTokenAsync(7, new() { Repositories = [Requests.Api], Permissions = AppFixture.Permissions("contents=read") }, Cancellation);

        minted.RepositorySelection.Should().Be("selected");
        minted.Repositories.Should().ContainSingle().Which.FullName.Should().Be("acme/api");
        minted.Permissions.Should().Contain("contents", "read");
        fixture.GitHub.Find(HttpMethod.Post, Mint).Single().Body.Should().Be("""{"repositories":["api"],"permissions":{"contents":"read"}}""", "what is not narrowed is left out");
    }

    [Fact]
    public async Task A_token_is_narrowed_to_ids()
    {
        await using var fixture = await StartAsync();
        var web = fixture.GitHub.AddRepository("acme/web");

        var minted = await fixture.Client.CreateInstallationTokenAsync(7, new() { RepositoryIds = [web.Id] }, Cancellation);

        minted.Repositories.Select(repository => repository.Id).Should().Equal(web.Id);
        fixture.GitHub.Find(HttpMethod.Post, Mint).Single().Body.Should().Be($"{{\"repository_ids\":[{web.Id}]}}");
    }

    [Fact]
    public async Task Five_hundred_repositories_are_not_too_many()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.Json(201, """{"token":"ghs_x","expires_at":"2100-01-01T00:00:00Z"}"""));

        var minted = await fixture.Client.CreateInstallationTokenAsync(7, new() { RepositoryIds = [.. Enumerable.Range(1, 500).Select(id => (long)id)] }, Cancellation);

        (minted.Permissions.Count, minted.RepositorySelection, minted.Repositories.Count).Should().Be((0, null, 0), "an older server may not say");
    }

    [Theory]
    [MemberData(nameof(BadScopes))]
    public async Task A_scope_that_cannot_be_meant_is_refused_before_anything_is_asked(string why, InstallationTokenScope scope)
    {
        await using var fixture = await StartAsync();

        (await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(7, scope, Cancellation))
            .Should().ThrowAsync<ArgumentException>().WithMessage($"*{why}*")).Which.ParamName.Should().Be("scope");

        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.Fixture.CountedOutcomes.Should().BeEmpty();
    }

    [Fact]
    public async Task What_the_installation_does_not_have_is_not_minted()
    {
        await using var fixture = await StartAsync();

        await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(7, new() { Permissions = AppFixture.Permissions("checks=write") }, Cancellation)).Should().ThrowAsync<ScmPermissionException>();
        await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(7, new() { Repositories = [new("acme/secret")] }, Cancellation)).Should().ThrowAsync<ScmNotFoundException>();
        await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(8, null, Cancellation)).Should().ThrowAsync<ScmInstallationException>();
        fixture.GitHub.Requests.Should().HaveCount(3, "none of these is mended by asking again");
    }

    [Fact]
    public async Task A_token_that_was_not_narrowed_is_not_handed_on()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.Json(201, """{"token":"ghs_wide0123456789","expires_at":"2100-01-01T00:00:00Z","repository_selection":"all"}"""));

        var refused = await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(7, new() { Repositories = [Requests.Api] }, Cancellation))
            .Should().ThrowAsync<ScmUnreadableResponseException>();

        refused.Which.ToString().Should().Contain("not narrowed").And.NotContain("ghs_wide");
    }

    [Theory]
    [InlineData("""{"token":"ghs_a\r\nX-Evil: 1","expires_at":"2100-01-01T00:00:00Z"}""")]
    [InlineData("""{"token":"","expires_at":"2100-01-01T00:00:00Z"}""")]
    [InlineData("""{"token":"ghs_THESECRET01234567","expires_at":"soon"}""")]
    [InlineData("""{"expires_at":"2100-01-01T00:00:00Z"}""")]
    [InlineData("""{"token":"ghs_THESECRET01234567","expires_at":"2100-01-01T00:00:00Z","permissions":[]}""")]
    public async Task What_is_no_token_is_unreadable_and_not_shown(string body)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.Json(201, body));

        var refused = await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(7, null, Cancellation)).Should().ThrowAsync<ScmUnreadableResponseException>();

        refused.Which.ToString().Should().NotContain("THESECRET").And.NotContain("Evil");
    }

    [Fact]
    public async Task A_minted_token_never_prints()
    {
        await using var fixture = await StartAsync();

        var minted = await fixture.Client.CreateInstallationTokenAsync(7, null, Cancellation);

        $"{minted}".Should().Contain("***").And.NotContain(minted.Token.Value);
        JsonSerializer.Serialize(minted).Should().NotContain(minted.Token.Value);
        fixture.Fixture.EverythingSaid.Should().NotContain(said => said.Contains(minted.Token.Value, StringComparison.Ordinal));
    }

    private static async Task<AppFixture> StartAsync()
    {
        var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme", "Organization", "contents=write", "metadata=read");
        return fixture;
    }
}
