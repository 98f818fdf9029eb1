using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>Who has not granted what the App wants.</summary>
public sealed class PermissionAuditTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read", "read", true)]
    [InlineData("read", "write", true)]
    [InlineData("read", "admin", true)]
    [InlineData("write", "read", false)]
    [InlineData("write", "write", true)]
    [InlineData("write", "admin", true)]
    [InlineData("admin", "read", false)]
    [InlineData("admin", "write", false)]
    [InlineData("admin", "admin", true)]
    [InlineData("Write", "ADMIN", true)]
    [InlineData("read", null, false)]
    [InlineData("admin", null, false)]
    [InlineData("triage", "triage", true)]
    [InlineData("triage", "read", null)]
    [InlineData("triage", null, null)]
    [InlineData("write", "triage", null)]
    [InlineData("write", "", null)]
    [InlineData("", "write", null)]
    public async Task A_level_includes_those_below_it_and_one_that_is_unknown_is_not_enforced(string wanted, string? granted, bool? isCovered)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = wanted };
        fixture.Install(7, "acme").Permissions = granted is null ? AppFixture.Permissions("metadata=read") : new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = granted };

        var audit = (await fixture.AuditAsync()).Should().ContainSingle().Which;

        audit.Missing.Should().Equal(isCovered is false ? [new PermissionGap("contents", wanted, granted)] : []);
        audit.Warnings.Should().HaveCount(isCovered is null ? 1 : 0);
        audit.IsComplete.Should().Be(isCovered is not false);
        audit.FixUrl.Should().Be(isCovered is false ? new Uri("https://github.com/organizations/acme/settings/installations/7/permissions/update") : null);
    }

    [Fact]
    public async Task Every_installation_is_told_what_it_lacks_and_where_that_is_granted()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("pull_requests=write", "contents=write", "checks=read");
        fixture.Install(1, "full", "Organization", "contents=write", "pull_requests=write", "checks=write", "issues=read");
        fixture.Install(2, "old", "Organization", "contents=read");
        fixture.Install(3, "octocat", "User", "contents=write", "checks=read");
        fixture.Install(4, "away", "Organization", "contents=write", "pull_requests=write", "checks=read").Suspend();
        fixture.Install(5, "megacorp", "Enterprise", "contents=write", "checks=read");

        var audits = await fixture.AuditAsync();

        audits.Select(audit => $"{audit.Installation.Id} [{string.Join(' ', audit.Missing)}] {audit.IsComplete} {audit.IsSuspended} {audit.FixUrl}").Should().Equal(
            "1 [] True False ",
            "2 [checks=read contents=write pull_requests=write] False False https://github.com/organizations/old/settings/installations/2/permissions/update",
            "3 [pull_requests=write] False False https://github.com/settings/installations/3/permissions/update",
            "4 [] True True https://github.com/organizations/away/settings/installations/4",
            "5 [pull_requests=write] False False https://github.com/settings/installations/5/permissions/update");
        audits[1].Missing.Should().Contain(new PermissionGap("contents", "write", "read")).And.Contain(new PermissionGap("checks", "read", null));
        fixture.Fixture.CountedOutcomes.Should().Equal("started", "success");
        fixture.Fixture.OutcomesOf("audit_installations").Should().Equal("started", "success");
        fixture.GitHub.Requests.Select(request => request.Path).Should().Equal("/app", "/app/installations");
    }

    [Fact]
    public async Task What_is_required_can_be_given_and_the_App_is_not_asked()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("checks=write");
        fixture.Install(2, "acme", "Organization", "contents=read");

        var audits = await fixture.AuditAsync(AppFixture.Permissions("contents=write"));

        audits.Single().Missing.Should().Equal(new PermissionGap("contents", "write", "read"));
        fixture.GitHub.Count(HttpMethod.Get, "/app").Should().Be(0);
    }

    [Fact]
    public async Task What_an_account_cannot_grant_is_not_held_against_it()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("members=read", "organization_hooks=write", "enterprise_people=read", "email_addresses=read");
        fixture.Install(1, "octocat", "User");
        fixture.Install(2, "acme");

        var audits = await fixture.AuditAsync();

        audits[0].Missing.Should().BeEmpty();
        audits[0].Warnings.Should().HaveCount(4).And.Contain(warning => warning.Contains("members=read", StringComparison.Ordinal) && warning.Contains("only an organisation", StringComparison.Ordinal));
        audits[1].Missing.Select(gap => $"{gap}").Should().Equal("members=read", "organization_hooks=write");
        audits[1].Warnings.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_GitHub_writes_for_a_level_is_shown_clean_and_bounded()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("contents=write");
        fixture.Install(1, "acme").Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "ghp_0123456789abcdefghij0123456789abcdef\u001b[31m" + new string('x', 5000) };

        var warning = (await fixture.AuditAsync()).Single().Warnings.Should().ContainSingle().Which;

        warning.Should().Contain("***").And.NotContain("ghp_").And.NotContain("\u001b");
        warning.Length.Should().BeLessThan(1100);
    }

    [Fact]
    public async Task An_installation_that_says_nothing_of_permissions_has_none()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("contents=write");
        fixture.GitHub.When(HttpMethod.Get, "/app/installations").Answer(Answers.Json(200, """[{"id":1}]"""));

        (await fixture.AuditAsync()).Single().Missing.Should().Equal(new PermissionGap("contents", "write", null));
    }

    [Fact]
    public async Task A_level_of_null_is_none_of_the_levels()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.App.Permissions = AppFixture.Permissions("contents=write");
        fixture.GitHub.When(HttpMethod.Get, "/app/installations").Answer(Answers.Json(200, """[{"id":1,"permissions":{"contents":null}}]"""));

        (await fixture.AuditAsync()).Single().Missing.Should().Equal(new PermissionGap("contents", "write", null));
    }

    [Fact]
    public async Task What_was_read_before_a_page_fails_stays_good()
    {
        await using var fixture = await AppFixture.StartAsync(options => (options.PageSize, options.Resilience.MaxAttempts) = (1, 1));
        fixture.Install(1, "acme");
        fixture.Install(2, "second");
        fixture.GitHub.When(request => request.Query.Contains("page=2", StringComparison.Ordinal)).Answer(Answers.ServerError(502));
        var audits = new List<InstallationAudit>();

        await FluentActions.Awaiting(async () =>
        {
            await foreach (var audit in fixture.Client.AuditInstallationsAsync(cancellationToken: Cancellation))
            {
                audits.Add(audit);
            }
        }).Should().ThrowAsync<ScmServerException>();

        audits.Should().ContainSingle();
        fixture.Fixture.OutcomesOf("audit_installations").Should().Equal("started", "failure");
    }

    [Fact]
    public async Task An_App_that_cannot_be_read_ends_the_audit_before_it_lists()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/app").Answer(Answers.BadCredentials());

        await fixture.Invoking(one => one.AuditAsync()).Should().ThrowAsync<ScmUnauthorizedException>();
        fixture.GitHub.Count(HttpMethod.Get, "/app/installations").Should().Be(0);
        fixture.Fixture.OutcomesOf("audit_installations").Should().Equal("started", "failure");
    }

    [Fact]
    public async Task An_audit_can_be_left_early()
    {
        await using var fixture = await AppFixture.StartAsync(options => options.PageSize = 1);
        fixture.Install(1, "acme");
        fixture.Install(2, "second");

        await foreach (var audit in fixture.Client.AuditInstallationsAsync(cancellationToken: Cancellation))
        {
            audit.Installation.Id.Should().Be(1);
            break;
        }

        fixture.GitHub.Count(HttpMethod.Get, "/app/installations").Should().Be(1, "nothing is read ahead");
        fixture.Fixture.OutcomesOf("audit_installations").Should().Equal("started", "success");
    }

    [Fact]
    public async Task Requirements_that_cannot_be_meant_are_refused_before_anything_is_asked()
    {
        await using var fixture = await AppFixture.StartAsync();

        fixture.Client.Invoking(client => client.AuditInstallationsAsync(new Dictionary<string, string>(StringComparer.Ordinal), Cancellation)).Should().Throw<ArgumentException>().Which.ParamName.Should().Be("required");
        fixture.Client.Invoking(client => client.AuditInstallationsAsync(AppFixture.Permissions(" =read"), Cancellation)).Should().Throw<ArgumentException>();
        fixture.Client.Invoking(client => client.AuditInstallationsAsync(AppFixture.Permissions("contents="), Cancellation)).Should().Throw<ArgumentException>().WithMessage("*'contents'*");
        fixture.GitHub.Requests.Should().BeEmpty();
    }
}
