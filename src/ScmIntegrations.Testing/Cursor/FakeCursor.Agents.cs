namespace ScmIntegrations.Testing;

/// <content>What the test knows and moves.</content>
public sealed partial class FakeCursor
{
    /// <summary>Every agent that was started and not deleted, oldest first.</summary>
    public IReadOnlyList<FakeCursorAgent> Agents => _server.State.Agents;

    /// <summary>Makes a key good.</summary>
    /// <param name="key">The key.</param>
    /// <param name="userEmail">Whose it is; <see langword="null"/> plays a service account, which the legacy API tells nothing about.</param>
    public void AddKey(string key, string? userEmail = "developer@example.com")
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _server.State.Keys[key] = userEmail ?? "";
    }

    /// <summary>Makes a key bad.</summary>
    /// <param name="key">The key.</param>
    public void RemoveKey(string key) => _server.State.Keys.TryRemove(key, out _);

    /// <summary>Lets Cursor's GitHub App have no access to a repository: a launch there is refused.</summary>
    /// <param name="fullName">Owner and name.</param>
    public void HideRepository(string fullName) => _server.State.HiddenRepositories[fullName] = true;

    /// <summary>Gives that access back.</summary>
    /// <param name="fullName">Owner and name.</param>
    public void ShowRepository(string fullName) => _server.State.HiddenRepositories.TryRemove(fullName, out _);

    /// <summary>An agent by its id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The agent, to be moved.</returns>
    /// <exception cref="ArgumentException">There is none of this id.</exception>
    public FakeCursorAgent Agent(string id) =>
        _server.State.Find(id) ?? throw new ArgumentException($"There is no agent '{id}'.", nameof(id));

    /// <summary>Starts an agent without a request, as somebody else did.</summary>
    /// <param name="fullName">Owner and name of the repository.</param>
    /// <param name="prompt">What it was told.</param>
    /// <returns>The agent.</returns>
    public FakeCursorAgent AddAgent(string fullName, string prompt = "Do it.") =>
        _server.State.Add(new FakeCursorAgent(_server.State.NextAgentId(), $"https://github.com/{fullName}", prompt, Options.TimeProvider));

    /// <summary>The delivery that Cursor would send for the present status of an agent. The legacy API sends them for <c>ERROR</c> and <c>FINISHED</c>.</summary>
    /// <param name="id">The agent.</param>
    /// <param name="secret">What it is signed with; <see langword="null"/> for the secret that the launch gave.</param>
    /// <param name="webhookEvent">The name of the event.</param>
    /// <returns>Headers and body, for a receiver to judge.</returns>
    /// <exception cref="ArgumentException">There is no agent of this id, or it was launched without a secret and none is given.</exception>
    public FakeCursorDelivery CreateDelivery(string id, string? secret = null, string webhookEvent = "statusChange")
    {
        var agent = Agent(id);
        return FakeCursorDelivery.Create(
            CursorJson.Delivery(agent, webhookEvent, Options.TimeProvider.GetUtcNow()),
            secret ?? agent.WebhookSecret ?? throw new ArgumentException("The agent was launched without a webhook's secret, so one has to be given.", nameof(secret)),
            webhookEvent);
    }
}
