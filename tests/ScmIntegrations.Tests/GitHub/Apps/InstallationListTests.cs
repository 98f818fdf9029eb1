using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>Where an App is installed: all of it, and one.</summary>
public sealed class InstallationListTests
{
    private const string Path = "/app/installations";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    /// <summary>Logins that must never become part of an address.</summary>
    public static TheoryData<string> BadLogins => ["", " ", "..", ".", "a/b", "a?b", "a#b", "a%2Fb", "a\r\nb", new string('a', 101), "acme/../../user"];

    [Fact]
    public async Task Installations_are_listed_page_after_page_in_one_interaction()
    {
        await using var fixture = await AppFixture.StartAsync();
        for (var id = 1; id <= 250; id++)
        {
            fixture.Install(id, $"org-{id}").Suspend();
        }

        var listed = await fixture.ListAsync();

        listed.Select(installation => installation.Id).Should().Equal(Enumerable.Range(1, 250).Select(id => (long)id));
        listed.Should().OnlyContain(installation => installation.SuspendedAt != null);
        fixture.GitHub.Requests.Select(request => request.Target).Should().Equal(
            Path + "?per_page=100", Path + "?per_page=100&page=2", Path + "?per_page=100&page=3");
        fixture.Fixture.OutcomesOf("list_installations").Should().Equal("started", "success");
    }

    [Fact]
    public async Task An_installation_that_stands_on_two_pages_is_listed_once()
    {
        await using var fixture = await AppFixture.StartAsync(options => options.PageSize = 2);
        fixture.GitHub.When(HttpMethod.Get, Path).Once().Answer(
            Answers.Json(200, """[{"id":1},{"id":2}]""").WithHeader("Link", $"<{fixture.GitHub.Address}app/installations?page=2>; rel=\"next\""));
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, """[{"id":2},{"id":3}]"""));

        (await fixture.ListAsync()).Select(installation => installation.Id).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task A_list_can_be_gone_through_twice()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(1, "acme");
        var (list, audit) = (fixture.Client.ListInstallationsAsync(Cancellation), fixture.Client.AuditInstallationsAsync(cancellationToken: Cancellation));

        (await CountAsync(list), await CountAsync(list), await CountAsync(audit), await CountAsync(audit)).Should().Be((1, 1, 1, 1));
    }

    [Fact]
    public async Task An_enterprise_among_them_does_not_make_the_list_unreadable()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(1, "megacorp", "Enterprise");
        fixture.Install(2, "octocat", "User");

        var listed = await fixture.ListAsync();

        listed.Select(installation => (installation.Account!.Login, installation.TargetType)).Should().Equal(("megacorp", "Enterprise"), ("octocat", "User"));
    }

    [Theory]
    [InlineData("""{"installations":[]}""")]
    [InlineData("\"x\"")]
    public async Task What_is_no_list_of_installations_is_unreadable(string body)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, body));

        await fixture.Invoking(one => one.ListAsync()).Should().ThrowAsync<ScmUnreadableResponseException>();
        fixture.Fixture.OutcomesOf("list_installations").Should().Equal("started", "failure");
    }

    [Theory]
    [InlineData("""{"id":1,"account":{"id":5}}""", null)]
    [InlineData("""{"id":1,"account":{"login":"acme"}}""", "acme")]
    [InlineData("""{"id":1,"account":"acme"}""", null)]
    [InlineData("""{"id":"1","account":{"id":"5","login":"acme"},"suspended_at":"never"}""", "acme")]
    [InlineData("""{"id":1,"account":{"login":"acme"},"permissions":null}""", "acme")]
    [InlineData("""{"id":1,"\ud800":1,"account":{"login":"acme","\ud800":2},"permissions":{"\ud800":"read","contents":"read"}}""", "acme")]
    [InlineData("""{"id":1,"account":{"login":"acme"},"permissions":{"checks":5,"contents":"read"}}""", "acme")]
    public async Task What_else_is_missing_or_odd_does_not_hide_the_id(string body, string? login)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, $"[{body}]"));

        var installation = (await fixture.ListAsync()).Should().ContainSingle().Subject;

        (installation.Id, installation.Account?.Login).Should().Be((1, login));
        installation.Permissions.Keys.Should().NotContain("checks");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"id":0}""")]
    [InlineData("""{"id":"x"}""")]
    public async Task One_that_cannot_be_read_is_left_out_with_a_warning(string entry)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, $$"""[{"id":1},{{entry}},{"id":2}]"""));

        (await fixture.ListAsync()).Select(installation => installation.Id).Should().Equal(1, 2);

        fixture.Fixture.Reporter.Reports.Should().ContainSingle().Which.Reason.Should().Contain("left out");
    }

    [Theory]
    [InlineData("https://github.com/organizations/acme/settings/installations/1", "https://github.com/organizations/acme/settings/installations/1/permissions/update")]
    [InlineData("https://github.com/enterprises/mega/settings/installations/1", "https://github.com/enterprises/mega/settings/installations/1/permissions/update")]
    [InlineData("https://github.com/settings/installations/1", "https://github.com/settings/installations/1/permissions/update")]
    [InlineData("https://github.com/organizations/acme/settings/installations/2", "https://github.com/settings/installations/")]
    [InlineData("https://evil.example/organizations/acme/settings/installations/1", "https://github.com/settings/installations/")]
    [InlineData("https://github.com/organizations/acme/settings/installations/1/../../../evil", "https://github.com/settings/installations/")]
    [InlineData("javascript:alert(1)", "https://github.com/settings/installations/")]
    public async Task Where_the_kind_of_account_is_not_told_the_page_is_the_one_that_is_named(string named, string page)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, $$"""[{"id":1,"account":{"login":"acme"},"html_url":"{{named}}"}]"""));

        (await fixture.ListAsync())[0].PermissionsUrl.Should().Be(new Uri(page));
    }

    [Fact]
    public async Task An_installation_without_an_account_can_be_read()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, """[{"id":1,"account":null,"unknown":[{}]}]"""));

        (await fixture.ListAsync()).Should().ContainSingle().Which.Account.Should().BeNull();
    }

    [Fact]
    public async Task One_installation_is_described_by_its_id()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme", "Organization", "contents=write");

        var installation = await fixture.Client.GetInstallationAsync(7, Cancellation);

        installation.Permissions.Should().Equal(AppFixture.Permissions("contents=write"));
        fixture.Fixture.OutcomesOf("get_installation").Should().Equal("started", "success");
        (await fixture.Client.Invoking(client => client.GetInstallationAsync(8, Cancellation)).Should().ThrowAsync<ScmInstallationException>())
            .Which.Reason.Should().Be(ErrorReason.InstallationGone);
    }

    [Fact]
    public async Task An_installation_is_found_by_repository_organisation_or_user()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme");
        fixture.Install(8, "octocat", "User");

        (await fixture.Client.FindRepositoryInstallationAsync(Requests.Api, Cancellation))!.Id.Should().Be(7);
        (await fixture.Client.FindOrganizationInstallationAsync("acme", Cancellation))!.Id.Should().Be(7);
        (await fixture.Client.FindUserInstallationAsync("octocat", Cancellation))!.Id.Should().Be(8);

        fixture.GitHub.Requests.Select(request => request.Path).Should().Equal("/repos/acme/api/installation", "/orgs/acme/installation", "/users/octocat/installation");
    }

    [Fact]
    public async Task Where_the_App_is_not_installed_nothing_is_found_and_nothing_has_failed()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme").SelectRepositories("acme/other");

        (await fixture.Client.FindRepositoryInstallationAsync(Requests.Api, Cancellation)).Should().BeNull("it does not cover the repository");
        (await fixture.Client.FindOrganizationInstallationAsync("nobody", Cancellation)).Should().BeNull();
        (await fixture.Client.FindUserInstallationAsync("nobody", Cancellation)).Should().BeNull();

        string[] operations = ["find_repository_installation", "find_organization_installation", "find_user_installation"];
        operations.SelectMany(fixture.Fixture.OutcomesOf).Should().Equal("started", "success", "started", "success", "started", "success");
    }

    [Fact]
    public async Task A_look_up_that_fails_is_not_taken_for_nothing()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(502));

        await fixture.Client.Invoking(client => client.FindOrganizationInstallationAsync("acme", Cancellation)).Should().ThrowAsync<ScmServerException>();
        fixture.Fixture.OutcomesOf("find_organization_installation").Should().Equal("started", "failure");
    }

    [Theory]
    [MemberData(nameof(BadLogins))]
    public async Task A_login_that_is_none_is_refused_before_anything_is_asked(string login)
    {
        await using var fixture = await AppFixture.StartAsync();

        (await fixture.Client.Invoking(client => client.FindOrganizationInstallationAsync(login, Cancellation)).Should().ThrowAsync<ArgumentException>()).Which.ParamName.Should().Be("organization");
        (await fixture.Client.Invoking(client => client.FindUserInstallationAsync(login, Cancellation)).Should().ThrowAsync<ArgumentException>()).Which.ParamName.Should().Be("user");
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task An_id_that_is_none_is_refused_before_anything_is_asked(long id)
    {
        await using var fixture = await AppFixture.StartAsync();

        await fixture.Client.Invoking(client => client.GetInstallationAsync(id, Cancellation)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await fixture.Client.Invoking(client => client.CreateInstallationTokenAsync(id, null, Cancellation)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await fixture.Lookup.Invoking(lookup => lookup.FindAsync(Requests.Api, id, Cancellation)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.Fixture.CountedOutcomes.Should().BeEmpty();
    }

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        var count = 0;
        await foreach (var _ in items.WithCancellation(Cancellation))
        {
            count++;
        }

        return count;
    }
}
