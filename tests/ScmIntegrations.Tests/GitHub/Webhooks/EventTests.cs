using System.Text.Json;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.Tests.GitHub.Webhooks;

/// <summary>Events are typed where they matter, kept where they do not, and tolerant of what nobody knows yet.</summary>
public sealed class EventTests
{
    [Fact]
    public void A_push_says_what_moved()
    {
        var push = Deliveries.Accept<GitHubPushEvent>("push", Deliveries.Push("refs/heads/feature/a", deleted: true));

        push.Repository.Should().Be(new RepositoryRef("acme/api"));
        (push.RepositoryId, push.InstallationId, push.DefaultBranch).Should().Be((186853002, 7, "main"));
        (push.Ref, push.BranchName, push.TagName).Should().Be(("refs/heads/feature/a", "feature/a", null));
        (push.Before, push.After).Should().Be(("6113728f27ae82c7b1a177c8d03f9e96e0adf246", new string('0', 40)));
        (push.IsCreated, push.IsDeleted, push.IsForced).Should().Be((false, true, true));
        (push.Name, push.Action, push.DeliveryId).Should().Be(("push", null, Deliveries.DeliveryId));
    }

    [Fact]
    public void A_pushed_tag_is_no_branch()
    {
        var push = Deliveries.Accept<GitHubPushEvent>("push", Deliveries.Push("refs/tags/v1.0", created: true));

        (push.BranchName, push.TagName, push.IsCreated).Should().Be((null, "v1.0", true));
    }

    [Fact]
    public void A_webhook_of_a_repository_has_no_installation() =>
        Deliveries.Accept<GitHubPushEvent>("push", Deliveries.Push(installation: "null")).InstallationId.Should().BeNull();

    [Theory]
    [InlineData("created")]
    [InlineData("deleted")]
    [InlineData("archived")]
    [InlineData("privatized")]
    [InlineData("an_action_of_tomorrow")]
    public void A_repository_event_has_its_action(string action)
    {
        var change = Deliveries.Accept<GitHubRepositoryEvent>("repository", Deliveries.RepositoryChange(action));

        (change.Action, change.Repository, change.PreviousRepository, change.PreviousDefaultBranch).Should().Be((action, new RepositoryRef("acme/api"), null, null));
    }

    [Theory]
    [InlineData("renamed", """ "changes":{"repository":{"name":{"from":"old-api"}}}, """, "acme/old-api", null)]
    [InlineData("transferred", """ "changes":{"owner":{"from":{"organization":{"login":"former","id":5}}}}, """, "former/api", null)]
    [InlineData("transferred", """ "changes":{"owner":{"from":{"user":{"login":"octocat","id":1}}}}, """, "octocat/api", null)]
    [InlineData("edited", """ "changes":{"default_branch":{"from":"master"}}, """, null, "master")]
    [InlineData("edited", """ "changes":{"description":{"from":null},"topics":{"from":["a"]}}, """, null, null)]
    [InlineData("renamed", """ "changes":{"repository":{"name":{"from":"../../user"}}}, """, null, null)]
    public void A_repository_event_says_what_it_was(string action, string changes, string? repository, string? branch)
    {
        var change = Deliveries.Accept<GitHubRepositoryEvent>("repository", Deliveries.RepositoryChange(action, changes));

        (change.PreviousRepository?.FullName, change.PreviousDefaultBranch).Should().Be((repository, branch));
    }

    [Fact]
    public void An_installation_says_what_it_was_given()
    {
        var created = Deliveries.Accept<GitHubInstallationEvent>("installation", Deliveries.InstallationChange("created", Deliveries.SlimRepository("api") + ",null"));
        var suspended = Deliveries.Accept<GitHubInstallationEvent>("installation", Deliveries.InstallationChange("suspend"));

        (created.Action, created.InstallationId, created.Account).Should().Be(("created", 7, "acme"));
        created.Permissions.Should().Contain("contents", "read");
        created.Repositories.Should().Equal(new RepositoryRef("acme/api"));
        suspended.Repositories.Should().BeEmpty();
    }

    [Fact]
    public void The_repositories_of_an_installation_come_and_go()
    {
        var change = Deliveries.Accept<GitHubInstallationRepositoriesEvent>("installation_repositories", Deliveries.RepositoriesChange("added", ["api", "web"], ["old"]));

        (change.Action, change.RepositorySelection, change.InstallationId, change.Account).Should().Be(("added", "selected", 7, "acme"));
        change.Added.Select(one => one.FullName).Should().Equal("acme/api", "acme/web");
        change.Removed.Select(one => one.FullName).Should().Equal("acme/old");
    }

    [Theory]
    [InlineData("create", "v1.0", "tag", false)]
    [InlineData("delete", "feature/a", "branch", true)]
    [InlineData("delete", "x", "a_kind_of_tomorrow", true)]
    public void A_ref_is_made_or_removed(string name, string gitRef, string refType, bool isDeleted)
    {
        var change = Deliveries.Accept<GitHubRefEvent>(name, Deliveries.RefChange(gitRef, refType));

        (change.Ref, change.RefType, change.IsDeleted, change.Repository, change.DefaultBranch).Should().Be((gitRef, refType, isDeleted, new RepositoryRef("acme/api"), "main"));
    }

    [Fact]
    public void A_revoked_authorisation_says_whose()
    {
        var revoked = Deliveries.Accept<GitHubAppAuthorizationEvent>("github_app_authorization", Deliveries.AuthorizationRevoked());

        (revoked.IsRevoked, revoked.UserId, revoked.UserLogin, revoked.InstallationId).Should().Be((true, 1, "octocat", null));
        Deliveries.Accept<GitHubAppAuthorizationEvent>("github_app_authorization", """{"action":"granted_of_tomorrow","sender":{"id":1}}""").IsRevoked.Should().BeFalse();
    }

    [Theory]
    [InlineData("organization", "acme", null)]
    [InlineData("membership", "acme", null)]
    [InlineData("member", "acme", null)]
    [InlineData("installation_target", "acme-corp", "acme")]
    public void An_account_event_names_the_account(string name, string account, string? previous)
    {
        var body = name switch
        {
            "organization" => Deliveries.OrganizationChange("member_added"),
            "membership" => Deliveries.MembershipChange("added"),
            "member" => Deliveries.MemberChange("added"),
            _ => Deliveries.TargetRenamed("acme", "acme-corp"),
        };

        var change = Deliveries.Accept<GitHubAccountEvent>(name, body);

        (change.Account, change.PreviousAccount).Should().Be((account, previous));
    }

    [Theory]
    [InlineData("ping", """{"zen":"Half measures are as bad as nothing at all.","hook_id":30,"hook":{"type":"App","id":30}}""", null)]
    [InlineData("issues", """{"action":"opened","issue":{"number":1},"repository":{"id":1,"full_name":"acme/api"}}""", "opened")]
    [InlineData("event_of_tomorrow", """{"action":7,"repository":"none","installation":[]}""", null)]
    [InlineData("another", "{}", null)]
    [InlineData("create", """{"ref":null,"ref_type":"repository","repository":{"id":1,"full_name":"acme/api"}}""", null)]
    public void Every_other_event_is_kept_with_its_body(string name, string body, string? action)
    {
        var other = Deliveries.Accept<GitHubOtherEvent>(name, body);

        (other.Name, other.Action, other.DeliveryId).Should().Be((name, action, Deliveries.DeliveryId));
        JsonDocument.Parse(other.Body).RootElement.GetRawText().Should().Be(body);
    }

    [Theory]
    [InlineData("ping", "")]
    [InlineData("ping", "null")]
    [InlineData("ping", "[]")]
    [InlineData("ping", "\"text\"")]
    [InlineData("ping", "{")]
    [InlineData("ping", "{} {}")]
    [InlineData("push", "{}")]
    [InlineData("push", """{"ref":null,"before":"a","after":"b","repository":{"full_name":"acme/api"}}""")]
    [InlineData("push", """{"ref":"refs/heads/main","before":"a","after":"b","repository":{"full_name":"../../user"}}""")]
    [InlineData("push", """{"ref":"\ud800","before":"a","after":"b","repository":{"full_name":"acme/api"}}""")]
    [InlineData("issues", """{"action":"\ud800"}""")]
    [InlineData("repository", """{"action":"renamed"}""")]
    [InlineData("installation", """{"action":"created"}""")]
    [InlineData("github_app_authorization", """{"action":"revoked"}""")]
    [InlineData("github_app_authorization", """{"action":"revoked","sender":{"login":"octocat"}}""")]
    [InlineData("installation", """{"action":"created","installation":{"id":"7"}}""")]
    [InlineData("installation_repositories", """{"action":"added","installation":{"id":7},"repositories_added":{}}""")]
    public void A_body_that_is_not_its_events_is_a_clear_no(string name, string body)
    {
        var result = new GitHubWebhookReceiver(Deliveries.Secret).Receive(Deliveries.Signed(name, body));

        (result.Status, result.HttpStatus, result.Event).Should().Be((GitHubWebhookStatus.BodyUnreadable, 400, null));
    }

    [Fact]
    public void A_body_that_is_nested_without_end_is_a_clear_no() =>
        new GitHubWebhookReceiver(Deliveries.Secret).Receive(Deliveries.Signed("ping", $$"""{"a":{{new string('[', 100_000)}}"""))
            .Status.Should().Be(GitHubWebhookStatus.BodyUnreadable);

    [Fact]
    public void A_form_is_told_as_one() =>
        new GitHubWebhookReceiver(Deliveries.Secret).Receive(Deliveries.Signed("ping", "payload=%7B%7D")).Message.Should().Contain("application/json");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public void A_delivery_without_the_name_of_an_event_is_a_clear_no(string? name) =>
        new GitHubWebhookReceiver(Deliveries.Secret).Receive(Deliveries.Signed("ping", "{}") with { Event = name }).Status.Should().Be(GitHubWebhookStatus.EventMissing);

    [Fact]
    public void A_delivery_id_that_could_not_be_logged_is_left_out()
    {
        var result = new GitHubWebhookReceiver(Deliveries.Secret).Receive(Deliveries.Signed("ping", "{}") with { DeliveryId = "a\r\nb" });

        result.Event!.DeliveryId.Should().BeNull();
    }
}
