using System.Net.Http.Headers;
using System.Security.Cryptography;

using Microsoft.AspNetCore.Builder;

namespace ScmIntegrations.Testing;

/// <summary>
/// A GitHub to test against: real HTTP on a free port of the loopback address, with repositories, apps, tokens,
/// rate limits and paging, whose answers can be replaced by scripted faults. Everything may be changed while it runs.
/// </summary>
public sealed partial class FakeGitHub : IAsyncDisposable
{
    private readonly GitHubState _state;
    private readonly FakeGitHubOptions _options;
    private readonly RequestLog _log;
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private FakeGitHub(GitHubServer server, WebApplication application, CancellationTokenSource stopping, Uri address)
    {
        _state = server.State;
        _options = server.Options;
        _log = server.Log;
        _application = application;
        _stopping = stopping;
        Address = address;
        Faults = server.Faults;
        RateLimits = server.RateLimits;
    }

    /// <summary>Where it listens, prefix included, with a slash at the end: <c>http://127.0.0.1:34567/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Scripted answers, oldest rule first.</summary>
    public FaultList Faults { get; }

    /// <summary>The primary rate limits.</summary>
    public RateLimits RateLimits { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server; dispose it to free the port and end stalled answers.</returns>
    public static async Task<FakeGitHub> StartAsync(Action<FakeGitHubOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new FakeGitHubOptions();
        configure?.Invoke(options);
        var stopping = new CancellationTokenSource();
        var server = new GitHubServer(options, stopping.Token);
        var application = KestrelHost.Build(server.ServeAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        var origin = application.Urls.Single();
        var address = new Uri($"{origin}{options.ApiPathPrefix.TrimEnd('/')}/");
        return new FakeGitHub(server, application, stopping, address);
    }

    /// <summary>A client whose base address is this server and which sends a user agent.</summary>
    /// <param name="token">Sent as a bearer token, when given.</param>
    /// <returns>A client to dispose.</returns>
    public HttpClient CreateClient(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("fake-github-client", "1.0"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Adds a repository; it is empty until it gets a tree.</summary>
    /// <param name="fullName">Owner and name, for example <c>acme/api</c>.</param>
    /// <param name="configure">Sets it up before it can be seen.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="ArgumentException">The name is not owner/name, or is taken.</exception>
    public FakeRepository AddRepository(string fullName, Action<FakeRepository>? configure = null)
    {
        var repository = _state.CreateRepository(fullName);
        configure?.Invoke(repository);
        _state.Store(repository);
        return repository;
    }

    /// <summary>A repository by name.</summary>
    /// <param name="fullName">Owner and name.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FakeRepository Repository(string fullName) =>
        _state.FindRepository(fullName) ?? throw new KeyNotFoundException($"There is no repository '{fullName}'.");

    /// <summary>Removes a repository; it answers 404 from now on.</summary>
    /// <param name="fullName">Owner and name.</param>
    public void RemoveRepository(string fullName) => _state.Remove(Repository(fullName));

    /// <summary>Renames or transfers a repository; the old name redirects with 301 to <c>/repositories/{id}</c>.</summary>
    /// <param name="fullName">The old owner and name.</param>
    /// <param name="newFullName">The new owner and name.</param>
    public void RenameRepository(string fullName, string newFullName) => _state.Rename(Repository(fullName), newFullName);

    /// <summary>Pushes a tree; see <see cref="FakeRepository.Push"/>.</summary>
    /// <param name="fullName">Owner and name.</param>
    /// <param name="tree">The new content.</param>
    /// <param name="branch">The branch; the default one unless told otherwise.</param>
    /// <returns>The tree with its commit id.</returns>
    public FakeTree Push(string fullName, FakeTree tree, string? branch = null) => Repository(fullName).Push(tree, branch);

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
    /// <param name="accountType"><c>Organization</c> or <c>User</c>.</param>
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
        _state.InstallationTokens.TryRemove(token, out _) | _state.UserTokens.TryRemove(token, out _);

    /// <summary>Revokes every installation token; users' tokens stay.</summary>
    public void RevokeAllTokens() => _state.InstallationTokens.Clear();

    /// <summary>Stops the server: ends stalled answers and closes connections. A second call does nothing.</summary>
    /// <returns>A task that completes when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private FakeApp AddApp(long appId, string clientId, RSA key, bool hasPrivateKey)
    {
        var app = new FakeApp(appId, clientId, key, hasPrivateKey, _options.TimeProvider);
        _state.Apps[appId] = app;
        return app;
    }
}
