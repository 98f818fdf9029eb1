using System.Security.Cryptography;

namespace ScmIntegrations.Testing;

/// <content>Users, apps, installations and their tokens.</content>
public sealed partial class FakeGitHub
{
    /// <summary>Adds a user's token, for example <c>ghp_…</c>; it never expires.</summary>
    /// <param name="token">The token.</param>
    /// <param name="login">Whose it is.</param>
    public void AddToken(string token, string login) => _state.UserTokens[token] = _state.Account(login, "User");

    /// <summary>Adds an app with a fresh key pair of 2,048 bits.</summary>
    /// <param name="appId">The app id.</param>
    /// <param name="clientId">The client id.</param>
    /// <returns>The app, which knows its private key.</returns>
    public FakeApp AddApp(long appId, string clientId) => AddApp(appId, clientId, RSA.Create(2048), hasPrivateKey: true);

    /// <summary>Adds an app whose private key the test already has.</summary>
    /// <param name="appId">The app id.</param>
    /// <param name="clientId">The client id.</param>
    /// <param name="keyPem">The public key, or the whole pair, as PEM.</param>
    /// <returns>The app.</returns>
    public FakeApp AddApp(long appId, string clientId, string keyPem)
    {
        var key = RSA.Create();
        key.ImportFromPem(keyPem);
        return AddApp(appId, clientId, key, keyPem.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    /// <summary>Installs an app on an account. It covers all repositories of the account.</summary>
    /// <param name="app">The app.</param>
    /// <param name="installationId">The number of the installation.</param>
    /// <param name="accountLogin">The account.</param>
    /// <param name="accountType"><c>Organization</c>, <c>User</c> or <c>Enterprise</c>.</param>
    /// <param name="permissions">What is granted; reading contents and metadata unless told otherwise.</param>
    /// <returns>The installation.</returns>
    public FakeInstallation AddInstallation(FakeApp app, long installationId, string accountLogin, string accountType = "Organization", IReadOnlyDictionary<string, string>? permissions = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var account = _state.Account(accountLogin, accountType);
        var installation = new FakeInstallation(app, installationId, account.Login, accountType, permissions ?? FakeInstallation.DefaultPermissions, _options.TimeProvider);
        _state.Installations[installationId] = installation;
        return installation;
    }

    /// <summary>Uninstalls: tokens answer 401, mints 404.</summary>
    /// <param name="installationId">The number of the installation.</param>
    public void RemoveInstallation(long installationId)
    {
        _state.Installations.TryRemove(installationId, out _);
        foreach (var token in _state.InstallationTokens.Values.Where(token => token.Installation.Id == installationId))
        {
            _state.InstallationTokens.TryRemove(token.Value, out _);
        }
    }

    /// <summary>Mints an installation token without a request.</summary>
    /// <param name="installation">The installation.</param>
    /// <returns>The token.</returns>
    public string MintToken(FakeInstallation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return _state.Mint(installation, _options, permissions: null, repositoryIds: null).Value;
    }

    /// <summary>Revokes a token of any kind: it answers 401 from now on.</summary>
    /// <param name="token">The token.</param>
    /// <returns>Whether there was such a token.</returns>
    public bool RevokeToken(string token) =>
        _state.InstallationTokens.TryRemove(token, out _) | _state.UserTokens.TryRemove(token, out _) | _state.UserApps.Values.Any(app => app.RevokeToken(token));

    /// <summary>Revokes every installation token; users' tokens stay.</summary>
    public void RevokeAllTokens() => _state.InstallationTokens.Clear();

    private FakeApp AddApp(long appId, string clientId, RSA key, bool hasPrivateKey)
    {
        var app = new FakeApp(appId, clientId, key, hasPrivateKey, _options.TimeProvider);
        _state.Apps[appId] = app;
        return app;
    }
}
