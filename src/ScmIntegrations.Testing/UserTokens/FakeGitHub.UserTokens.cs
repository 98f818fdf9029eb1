namespace ScmIntegrations.Testing;

/// <content>Apps that users authorise, and the endpoints that give their tokens.</content>
public sealed partial class FakeGitHub
{
    /// <summary>Where the pages are, <c>/login</c> among them: the root of the server, outside the prefix of the API.</summary>
    public Uri WebAddress => new(Address, "/");

    /// <summary>Adds an app that users authorise. Its tokens open the API as their user, until they end.</summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="clientSecret">The client secret.</param>
    /// <param name="configure">Sets it up before it can be seen.</param>
    /// <returns>The app, on which a test plays the user.</returns>
    public FakeUserApp AddUserApp(string clientId, string clientSecret, Action<FakeUserApp>? configure = null)
    {
        var app = new FakeUserApp(clientId, clientSecret, _options.TimeProvider);
        configure?.Invoke(app);
        _state.UserApps[clientId] = app;
        return app;
    }
}
