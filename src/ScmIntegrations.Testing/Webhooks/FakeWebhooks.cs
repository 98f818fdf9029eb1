using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Makes the webhooks of a fake GitHub: signed deliveries about its repositories and installations as they are now. Nothing is sent by itself.</summary>
/// <example><code>
/// gitHub.Push("acme/api", new FakeTreeBuilder().File("README.md", "news").Build());
/// using var answer = await gitHub.Webhooks.Push("acme/api").PostAsync(client, new Uri("/webhooks/github", UriKind.Relative));
/// </code></example>
public sealed class FakeWebhooks
{
    private const string NoCommit = "0000000000000000000000000000000000000000";

    private readonly GitHubState _state;
    private readonly JsonPlace _place;

    internal FakeWebhooks(GitHubState state, Uri address)
    {
        _state = state;
        _place = new(state, address.AbsoluteUri.TrimEnd('/'));
    }

    /// <summary>What deliveries are signed with; give the endpoint under test the same.</summary>
    public string Secret { get; set; } = "the fake's webhook secret";

    /// <summary>The login of who did it; <c>octocat</c> unless told otherwise.</summary>
    public string Sender { get; set; } = "octocat";

    /// <summary><c>ping</c>: the webhook was set up.</summary>
    /// <returns>The delivery.</returns>
    public FakeGitHubDelivery Ping() => Create("ping", static json =>
    {
        json.WriteString("zen", "Speak like a human.");
        json.WriteNumber("hook_id", 1);
    });

    /// <summary><c>push</c>: a branch has moved to where it is now, or was deleted if it is not there.</summary>
    /// <param name="fullName">Owner and name of the repository.</param>
    /// <param name="branch">The branch; the default one unless told otherwise.</param>
    /// <returns>The delivery. Its <c>before</c> is the repository's commit before this one.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery Push(string fullName, string? branch = null)
    {
        var repository = Find(fullName);
        var head = repository.FindBranch(branch ?? repository.DefaultBranch);
        var history = repository.History();
        var place = head is null ? history.Length : Array.FindIndex(history, tree => string.Equals(tree.CommitId, head.CommitId, StringComparison.Ordinal));
        var before = place > 0 ? history[place - 1] : null;
        return About("push", repository, json =>
        {
            json.WriteString("ref", $"refs/heads/{branch ?? repository.DefaultBranch}");
            json.WriteString("before", before?.CommitId ?? NoCommit);
            json.WriteString("after", head?.CommitId ?? NoCommit);
            json.WriteBoolean("created", before is null);
            json.WriteBoolean("deleted", head is null);
            json.WriteBoolean("forced", false);
            PushedCommits.Write(json, before, head, Sender);
            json.WriteStartObject("pusher");
            json.WriteString("name", Sender);
            json.WriteEndObject();
        });
    }

    /// <summary><c>create</c>: a branch or a tag was made.</summary>
    /// <param name="fullName">Owner and name of the repository.</param>
    /// <param name="name">The name of the branch or tag.</param>
    /// <param name="refType"><c>branch</c> or <c>tag</c>.</param>
    /// <returns>The delivery.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery RefCreated(string fullName, string name, string refType = "branch") => Ref("create", fullName, name, refType);

    /// <summary><c>delete</c>: a branch or a tag was deleted.</summary>
    /// <param name="fullName">Owner and name of the repository.</param>
    /// <param name="name">The name of the branch or tag.</param>
    /// <param name="refType"><c>branch</c> or <c>tag</c>.</param>
    /// <returns>The delivery.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery RefDeleted(string fullName, string name, string refType = "branch") => Ref("delete", fullName, name, refType);

    /// <summary><c>repository</c>: something was done to a repository.</summary>
    /// <param name="fullName">Owner and name, the new ones after a renaming.</param>
    /// <param name="action">For example <c>created</c>, <c>archived</c>, <c>publicized</c>, <c>transferred</c>.</param>
    /// <returns>The delivery.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery Repository(string fullName, string action) => About("repository", Find(fullName), json => json.WriteString("action", action));

    /// <summary><c>repository</c>, <c>renamed</c>.</summary>
    /// <param name="fullName">Owner and name as they are now.</param>
    /// <param name="oldName">The name before, without the owner.</param>
    /// <returns>The delivery.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery RepositoryRenamed(string fullName, string oldName) => About("repository", Find(fullName), json =>
    {
        json.WriteString("action", "renamed");
        json.WriteStartObject("changes");
        json.WriteStartObject("repository");
        json.WriteStartObject("name");
        json.WriteString("from", oldName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary><c>member</c>: somebody's access to a repository has changed.</summary>
    /// <param name="fullName">Owner and name of the repository.</param>
    /// <param name="login">Whose.</param>
    /// <param name="action"><c>added</c>, <c>removed</c> or <c>edited</c>.</param>
    /// <returns>The delivery.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery Member(string fullName, string login, string action = "added") => About("member", Find(fullName), json =>
    {
        json.WriteString("action", action);
        WriteAccount(json, "member", login);
    });

    /// <summary><c>installation</c>: an app was installed, uninstalled, suspended, or granted more.</summary>
    /// <param name="installation">The installation; it may have been removed from the fake.</param>
    /// <param name="action"><c>created</c>, <c>deleted</c>, <c>suspend</c>, <c>unsuspend</c> or <c>new_permissions_accepted</c>.</param>
    /// <returns>The delivery. As GitHub's, it names the repositories for <c>created</c> and <c>deleted</c> only.</returns>
    public FakeGitHubDelivery Installation(FakeInstallation installation, string action)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return Create("installation", json =>
        {
            json.WriteString("action", action);
            WriteInstallation(json, installation);
            if (action is "created" or "deleted")
            {
                WriteSlim(json, "repositories", _state.Repositories.Where(installation.Covers));
            }
        });
    }

    /// <summary><c>installation_repositories</c>: repositories were added to an installation's selection, or removed from it.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="added">Owner and name of those that were added.</param>
    /// <param name="removed">Owner and name of those that were removed.</param>
    /// <returns>The delivery; its action is <c>removed</c> when nothing was added.</returns>
    /// <exception cref="KeyNotFoundException">There is no such repository.</exception>
    public FakeGitHubDelivery InstallationRepositories(FakeInstallation installation, IEnumerable<string>? added = null, IEnumerable<string>? removed = null)
    {
        ArgumentNullException.ThrowIfNull(installation);
        FakeRepository[] more = [.. (added ?? []).Select(Find)];
        FakeRepository[] fewer = [.. (removed ?? []).Select(Find)];
        return Create("installation_repositories", json =>
        {
            json.WriteString("action", more.Length > 0 ? "added" : "removed");
            WriteInstallation(json, installation);
            json.WriteString("repository_selection", installation.RepositorySelection);
            WriteSlim(json, "repositories_added", more);
            WriteSlim(json, "repositories_removed", fewer);
        });
    }

    /// <summary><c>github_app_authorization</c>, <c>revoked</c>: a user has taken an app's authorisation back.</summary>
    /// <param name="login">The user, who is the sender too.</param>
    /// <returns>The delivery.</returns>
    public FakeGitHubDelivery AuthorizationRevoked(string login)
    {
        ArgumentException.ThrowIfNullOrEmpty(login);
        return Create("github_app_authorization", static json => json.WriteString("action", "revoked"), login);
    }

    /// <summary>Any other event, with a body of the test's own.</summary>
    /// <param name="webhookEvent">The name of the event.</param>
    /// <param name="json">The body, sent as it is.</param>
    /// <returns>The delivery.</returns>
    public FakeGitHubDelivery Event(string webhookEvent, string json) => FakeGitHubDelivery.Create(webhookEvent, json, Secret);

    private FakeGitHubDelivery Ref(string webhookEvent, string fullName, string name, string refType)
    {
        var repository = Find(fullName);
        return About(webhookEvent, repository, json =>
        {
            json.WriteString("ref", name);
            json.WriteString("ref_type", refType);
            json.WriteString("master_branch", repository.DefaultBranch);
        });
    }

    /// <summary>An event of a repository, with the installation that covers it, as an app's webhook has.</summary>
    private FakeGitHubDelivery About(string webhookEvent, FakeRepository repository, Action<Utf8JsonWriter> write) => Create(webhookEvent, json =>
    {
        write(json);
        json.WritePropertyName("repository");
        RepositoryJson.Write(json, _place, repository);
        if (_state.Installations.Values.OrderBy(installation => installation.Id).FirstOrDefault(installation => installation.Covers(repository)) is { } covering)
        {
            json.WriteStartObject("installation");
            json.WriteNumber("id", covering.Id);
            json.WriteEndObject();
        }
    });

    private FakeGitHubDelivery Create(string webhookEvent, Action<Utf8JsonWriter> write, string? sender = null) => Event(webhookEvent, Payloads.Write(json =>
    {
        json.WriteStartObject();
        write(json);
        WriteAccount(json, "sender", sender ?? Sender);
        json.WriteEndObject();
    }));

    private void WriteInstallation(Utf8JsonWriter json, FakeInstallation installation)
    {
        json.WritePropertyName("installation");
        AppJson.WriteInstallation(json, _place, installation);
    }

    private void WriteAccount(Utf8JsonWriter json, string name, string login)
    {
        json.WriteStartObject(name);
        RepositoryJson.WriteAccountFields(json, _place, _state.Account(login, "User"));
        json.WriteEndObject();
    }

    private static void WriteSlim(Utf8JsonWriter json, string name, IEnumerable<FakeRepository> repositories)
    {
        json.WriteStartArray(name);
        foreach (var repository in repositories)
        {
            json.WriteStartObject();
            json.WriteNumber("id", repository.Id);
            json.WriteString("node_id", RepositoryJson.NodeId(repository));
            json.WriteString("name", repository.Name);
            json.WriteString("full_name", repository.FullName);
            json.WriteBoolean("private", repository.IsPrivate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private FakeRepository Find(string fullName) =>
        _state.FindRepository(fullName) ?? throw new KeyNotFoundException($"There is no repository '{fullName}'.");
}
