using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.Webhooks;

/// <summary>What the fake GitHub delivers is accepted and read as what it is about.</summary>
public sealed class FakeDeliveryTests : IAsyncDisposable
{
    private readonly FakeGitHub _gitHub = FakeGitHub.InMemory();
    private readonly FakeInstallation _installation;

    public FakeDeliveryTests()
    {
        _gitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(3));
        _installation = _gitHub.AddInstallation(_gitHub.AddApp(7, "Iv1.app"), 42, "acme");
    }

    public ValueTask DisposeAsync() => _gitHub.DisposeAsync();

    [Fact]
    public void A_push()
    {
        var push = Accept<GitHubPushEvent>(_gitHub.Webhooks.Push("acme/api"));

        (push.BranchName, push.After, push.IsCreated, push.IsDeleted).Should().Be(("main", _gitHub.Repository("acme/api").CommitSha!, true, false));
        (push.Repository!.ToString(), push.InstallationId).Should().Be(("acme/api", 42));
    }

    [Fact]
    public void A_repository()
    {
        _gitHub.RenameRepository("acme/api", "acme/core");

        Accept<GitHubRepositoryEvent>(_gitHub.Webhooks.RepositoryRenamed("acme/core", "api")).PreviousRepository.Should().Be(new ScmIntegrations.GitHub.RepositoryRef("acme/api"));
        Accept<GitHubRepositoryEvent>(_gitHub.Webhooks.Repository("acme/core", "archived")).Action.Should().Be("archived");
    }

    [Fact]
    public void An_installation()
    {
        var created = Accept<GitHubInstallationEvent>(_gitHub.Webhooks.Installation(_installation, "created"));
        (created.Account, created.Permissions["contents"], created.Repositories.Single().ToString()).Should().Be(("acme", "read", "acme/api"));

        var removed = Accept<GitHubInstallationRepositoriesEvent>(_gitHub.Webhooks.InstallationRepositories(_installation, removed: ["acme/api"]));
        (removed.Action, removed.Removed.Single().ToString(), removed.Added.Count).Should().Be(("removed", "acme/api", 0));
    }

    [Fact]
    public void A_ref_that_is_made_or_removed()
    {
        var made = Accept<GitHubRefEvent>(_gitHub.Webhooks.RefCreated("acme/api", "x"));
        var removed = Accept<GitHubRefEvent>(_gitHub.Webhooks.RefDeleted("acme/api", "v1", "tag"));

        (made.Ref, made.RefType, made.IsDeleted).Should().Be(("x", "branch", false));
        (removed.Ref, removed.RefType, removed.IsDeleted).Should().Be(("v1", "tag", true));
    }

    [Fact]
    public void Somebody_who_comes_or_goes()
    {
        var member = Accept<GitHubAccountEvent>(_gitHub.Webhooks.Member("acme/api", "mona"));

        (member.Name, member.Action, member.Account).Should().Be(("member", "added", "acme"));
    }

    [Fact]
    public void An_authorisation_that_is_taken_back()
    {
        var revoked = Accept<GitHubAppAuthorizationEvent>(_gitHub.Webhooks.AuthorizationRevoked("mona"));

        (revoked.IsRevoked, revoked.UserLogin, revoked.UserId > 0).Should().Be((true, "mona", true));
    }

    [Fact]
    public void Everything_else() => Accept<GitHubOtherEvent>(_gitHub.Webhooks.Ping()).Name.Should().Be("ping");

    [Fact]
    public void One_that_was_changed_is_refused() =>
        Receive(FakeGitHubDelivery.Create("push", "{}", "another secret")).IsAccepted.Should().BeFalse();

    private T Accept<T>(FakeGitHubDelivery delivery)
        where T : GitHubWebhookEvent
    {
        var result = Receive(delivery);
        result.IsAccepted.Should().BeTrue(result.Message);
        return result.Event.Should().BeOfType<T>().Subject;
    }

    private GitHubWebhookResult Receive(FakeGitHubDelivery delivery) => new GitHubWebhookReceiver(_gitHub.Webhooks.Secret).Receive(new(delivery.Body)
    {
        Event = delivery.Header(GitHubWebhookHeaders.Event),
        DeliveryId = delivery.Header(GitHubWebhookHeaders.Delivery),
        Signature = delivery.Header(GitHubWebhookHeaders.Signature),
    });
}
