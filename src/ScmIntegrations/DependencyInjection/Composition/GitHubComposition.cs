using Microsoft.Extensions.Logging;
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
    private readonly GitHubParts _parts;
    private readonly HostLines _lines;
    private readonly AppComposition? _asApp;

    private GitHubComposition(GitHubParts parts, GitHubConnection connection, IGitHubIntegrationClient client, AppComposition? asApp, HostLines lines)
    {
        (_parts, _asApp, _lines) = (parts, asApp, lines);
        Connection = connection;
        Client = client;
    }

    public GitHubHost Host => _parts.Host;

    public GitHubConnection Connection { get; }

    public IGitHubIntegrationClient Client { get; }

    /// <summary>Those that speak for installations known only at run time, with the same App; <see langword="null"/> for one of these.</summary>
    public InstallationClients? Installations { get; private set; }

    /// <summary>What speaks as the App itself.</summary>
    /// <exception cref="InvalidOperationException">The client has no App.</exception>
    public AppComposition App => _asApp
        ?? throw new InvalidOperationException($"The GitHub client '{Connection.Name}' speaks with a token and has no App. Give it one: call UseApp, or UseInstallation, in AddGitHub.");

    /// <summary>The name of a client's <see cref="HttpClient"/> in <see cref="IHttpClientFactory"/>.</summary>
    public static string HttpClientName(string name) => name.Length == 0 ? "ScmIntegrations.GitHub" : "ScmIntegrations.GitHub:" + name;

    /// <summary>Puts the client of a name together.</summary>
    public static GitHubComposition Compose(IServiceProvider services, string name)
    {
        var parts = GitHubParts.Of(services, name);
        var composition = Compose(parts);
        composition.Installations = new InstallationClients(id => Compose(parts.For(id)), parts.Options.MaxInstallationClients);
        services.GetRequiredService<ComposedClients>().Add(composition);
        return composition;
    }

    /// <summary>The same for an installation of the client's App; itself, when it speaks for that one.</summary>
    /// <exception cref="InvalidOperationException">The client has no App.</exception>
    public GitHubComposition For(long installationId)
    {
        _ = App;
        return _parts.Options.App!.InstallationId == installationId ? this : Installations!.Get(installationId);
    }

    /// <summary>What the client has seen of GitHub of late.</summary>
    public GitHubClientStatus GetStatus() => _lines.GetStatus(Connection);

    public void Dispose()
    {
        Installations?.Dispose();
        _lines.Dispose();
        _parts.Cache.Dispose();
    }

    private static GitHubComposition Compose(GitHubParts parts)
    {
        var (services, options, host, label, cache, app) = (parts.Services, parts.Options, parts.Host, parts.Label, parts.Cache, parts.App);
        var time = services.GetRequiredService<TimeProvider>();
        var telemetry = services.GetRequiredService<InteractionTelemetry>();
        var shared = services.GetRequiredService<SharedStores>();

        // Resilience and HTTP: the line that every request travels.
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var lines = new HostLines(services, label, host, parts.HttpClientName, options);
        var calls = lines.NewCalls();
        var line = lines.NewLine(calls);

        // An installation's credential mints within a call, so with a circuit of its own: the one call that tries a host after
        // a break would otherwise refuse its own mint.
        var (credential, installation) = app is null ? (options.Credential!, null)
            : options.App!.InstallationId is { } id ? SpeakFor(app, id, host, line, lines.NewLine(lines.NewCalls()), time, loggers)
            : (app, null);

        // Interactions, then the cache above them, then the operations. The App speaks on the same line, with its own credential.
        var connection = lines.Connect(line, calls, credential, installation);
        var asApp = app is null ? null : lines.Connect(line, calls, app, null);
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
        return new(parts, connection, client, asItself, lines);
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
}
