using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Contents;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Paging;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Cache;
using ScmIntegrations.GitHub.Trees.Reading;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Puts one client together, in the order a call travels: operation → cache → interaction → resilience → HTTP. This is the
/// table of contents of the library.
/// </summary>
internal sealed class GitHubComposition : IDisposable
{
    private readonly BoundedCache _cache;
    private readonly HostLines _lines;
    private readonly AppComposition? _app;

    private GitHubComposition(GitHubHost host, GitHubConnection connection, IGitHubIntegrationClient client, AppComposition? app, BoundedCache cache, HostLines lines)
    {
        _app = app;
        Host = host;
        Connection = connection;
        Client = client;
        _cache = cache;
        _lines = lines;
    }

    public GitHubHost Host { get; }

    public GitHubConnection Connection { get; }

    public IGitHubIntegrationClient Client { get; }

    /// <summary>What the client has seen of GitHub of late.</summary>
    public GitHubClientStatus GetStatus() => _lines.GetStatus(Connection);

    /// <summary>What speaks as the App itself.</summary>
    /// <exception cref="InvalidOperationException">The client has no App.</exception>
    public AppComposition App => _app
        ?? throw new InvalidOperationException($"The GitHub client '{Connection.Name}' speaks with a token and has no App. Give it one: call UseApp, or UseInstallation, in AddGitHub.");

    /// <summary>The name of a client's <see cref="HttpClient"/> in <see cref="IHttpClientFactory"/>.</summary>
    public static string HttpClientName(string name) => name.Length == 0 ? "ScmIntegrations.GitHub" : "ScmIntegrations.GitHub:" + name;

    public static GitHubComposition Compose(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<GitHubIntegrationOptions>>().Get(name);
        var time = services.GetRequiredService<TimeProvider>();
        var telemetry = services.GetRequiredService<InteractionTelemetry>();
        var shared = services.GetRequiredService<SharedStores>();
        var host = new GitHubHost(options.ApiAddress);

        // Telemetry has no room for an empty name.
        var label = name.Length == 0 ? "default" : name;

        // Resilience and HTTP: the line that every request travels.
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var lines = new HostLines(services, label, host, HttpClientName(name), options);
        var calls = lines.NewCalls();
        var line = lines.NewLine(calls);

        // An installation's credential mints within a call, so with a circuit of its own: the one call that tries a host after
        // a break would otherwise refuse its own mint.
        var app = options.App is { } one ? new AppCredential(one.ClientId, one.Signer, time) : null;
        var (credential, installation) = app is null ? (options.Credential!, null)
            : options.App!.InstallationId is { } id ? SpeakFor(app, id, host, line, lines.NewLine(lines.NewCalls()), time, loggers)
            : (app, null);

        // Interactions, then the cache above them, then the operations. The App speaks on the same line, with its own credential.
        var connection = lines.Connect(line, calls, credential, installation);
        var asApp = app is null ? null : lines.Connect(line, calls, app, null);
        var cache = new BoundedCache(time, options.Trees.CacheBytes);
        var directory = new RepositoryDirectory(cache, time);
        var pages = new PageWalk(connection);
        var listing = new RepositoryListing(connection, pages);
        var trees = new TreeReader(connection);
        var blobs = new BlobReader(connection);
        var remembered = new RepositoryList(connection, listing, directory, cache);
        var store = new TreeStore(connection, directory, cache, time);
        var refusals = new RefusalMemory(connection, cache);
        var sharedTrees = shared is { SecondLevel: { } level, Refresh: { } refresh } ? new SharedTrees(level, refresh, store, options.Resilience.Deadline) : null;
        var cachedTrees = new TreeCache(connection, trees, directory, store, refusals, sharedTrees, telemetry, time);
        var asItself = asApp is null ? null : AppComposition.Compose(asApp, cache, time);
        var client = new GitHubIntegrationClient(
            connection,
            listing,
            directory,
            remembered,
            trees,
            cachedTrees,
            store,
            refusals,
            new HeadsReader(connection, time),
            sharedTrees,
            new ContentOperations(connection, new ContentReader(connection, blobs, directory, time), blobs, time),
            new RequestPages(connection, pages),
            new WebhookInvalidation(connection, cachedTrees, remembered, asItself?.Lookup),
            time);
        return new(host, connection, client, asItself, cache, lines);
    }

    private static (IGitHubCredential Credential, InstallationProfile? Page) SpeakFor(
        AppCredential app,
        long installationId,
        GitHubHost host,
        GitHubLine line,
        GitHubLine mints,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        var credential = new InstallationCredential(
            installationId,
            cancellationToken => InstallationTokenMint.MintAsync(mints, app, installationId, time, cancellationToken),
            time,
            loggers.CreateLogger("ScmIntegrations.GitHub.Authentication"));
        return (credential, new InstallationProfile(host, line, app, installationId, time));
    }

    public void Dispose()
    {
        _lines.Dispose();
        _cache.Dispose();
    }
}
