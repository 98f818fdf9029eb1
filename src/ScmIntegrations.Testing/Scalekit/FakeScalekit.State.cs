namespace ScmIntegrations.Testing;

/// <content>What the test knows and moves.</content>
public sealed partial class FakeScalekit
{
    /// <summary>Every account there is, oldest first.</summary>
    public IReadOnlyList<FakeScalekitAccount> Accounts => _server.State.Accounts;

    /// <summary>Every tool that was run, in order, whether it succeeded or not.</summary>
    public IReadOnlyList<FakeScalekitExecution> Executions => _server.State.Executions;

    /// <summary>How many tokens were issued.</summary>
    public int IssuedTokens => _server.State.Tokens.Issued;

    /// <summary>Makes a client's credentials good.</summary>
    /// <param name="clientId">The id.</param>
    /// <param name="clientSecret">The secret. A second call for an id replaces it.</param>
    public void AddClient(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        _server.State.Clients[clientId] = clientSecret;
    }

    /// <summary>Makes a client's credentials bad. Tokens that it has stay good.</summary>
    /// <param name="clientId">The id.</param>
    public void RemoveClient(string clientId) => _server.State.Clients.TryRemove(clientId, out _);

    /// <summary>Issues a token without a request. It ends as others do.</summary>
    /// <returns>The token.</returns>
    public string IssueToken() => _server.State.Tokens.Issue(Options.TimeProvider.GetUtcNow() + Options.TokenLifetime);

    /// <summary>Revokes a token: it answers 401 from now on.</summary>
    /// <param name="token">The token.</param>
    public void RevokeToken(string token) => _server.State.Tokens.Revoke(token);

    /// <summary>Revokes every token.</summary>
    public void RevokeAllTokens() => _server.State.Tokens.RevokeAll();

    /// <summary>Adds an account without a request, as somebody else did.</summary>
    /// <param name="connector">The connection, for example <c>github-98UjwezY</c>.</param>
    /// <param name="identifier">Whose it is.</param>
    /// <param name="organizationId">The organisation; <see langword="null"/> for none.</param>
    /// <param name="userId">The user; <see langword="null"/> for none.</param>
    /// <param name="status">The status in Scalekit's word.</param>
    /// <param name="authorizationDetails">The credential as JSON; <see langword="null"/> for none.</param>
    /// <param name="apiConfig">The configuration as JSON; <see langword="null"/> for none.</param>
    /// <returns>The account, to be moved.</returns>
    /// <exception cref="ArgumentException">There is such an account already, or the JSON is no object.</exception>
    public FakeScalekitAccount AddAccount(
        string connector,
        string identifier,
        string? organizationId = null,
        string? userId = null,
        string status = "ACTIVE",
        string? authorizationDetails = null,
        string? apiConfig = null)
    {
        var scope = new ScalekitScope(connector, identifier, organizationId ?? "", userId ?? "");
        var account = _server.State.TryAdd(scope, Options.TimeProvider) ?? throw new ArgumentException($"There is an account for {scope} already.", nameof(identifier));
        account.Apply(ScalekitWire.Object(authorizationDetails), ScalekitWire.Object(apiConfig));
        account.Status = status;
        return account;
    }

    /// <summary>An account by its id, or by whose it is.</summary>
    /// <param name="idOrIdentifier">The id, or an identifier that one account alone has.</param>
    /// <returns>The account.</returns>
    /// <exception cref="ArgumentException">There is none, or several.</exception>
    public FakeScalekitAccount Account(string idOrIdentifier) =>
        Accounts.Where(account => account.Id.Equals(idOrIdentifier, StringComparison.Ordinal) || account.Identifier.Equals(idOrIdentifier, StringComparison.Ordinal)).ToList() is [var one]
            ? one
            : throw new ArgumentException($"There is not exactly one account '{idOrIdentifier}'.", nameof(idOrIdentifier));

    /// <summary>Removes an account, as somebody else did.</summary>
    /// <param name="account">The account.</param>
    /// <returns>Whether it was there.</returns>
    public bool RemoveAccount(FakeScalekitAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return _server.State.Remove(account);
    }

    /// <summary>Registers a tool. A second one of the same name takes its place.</summary>
    /// <param name="name">What it is called, for example <c>github_issue_create</c>.</param>
    /// <param name="run">What it does; it may be run several times at once.</param>
    public void AddTool(string name, Func<FakeScalekitExecution, FakeScalekitToolResult> run)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(run);
        _server.State.Tools[name] = run;
    }
}
