using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Commits;
using ScmIntegrations.GitHub.Contents;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Paging;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Trees.Cache;
using ScmIntegrations.GitHub.Trees.Reading;
using ScmIntegrations.GitHub.Trees.Scanning;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub;

/// <summary>The operations: each names itself, its route, and how its answer is read.</summary>
internal sealed class GitHubIntegrationClient(
    GitHubConnection connection,
    RepositoryListing listing,
    RepositoryDirectory directory,
    RepositoryList remembered,
    TreeReader trees,
    TreeCache cachedTrees,
    TreeStore store,
    RefusalMemory refusals,
    HeadsReader heads,
    SharedTrees? shared,
    ContentOperations contents,
    RequestPages pages,
    WebhookInvalidation webhooks,
    TimeProvider timeProvider) : IGitHubIntegrationClient
{
    public async Task<GitHubRepository> GetRepositoryAsync(RepositoryRef repository, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var moment = directory.Invalidations.Moment;
        var found = await connection.Interactions.RunAsync(
            connection.Describe("get_repository", repository),
            _ => RepositoryReader.ReadAsync(connection, repository, RequestLane.Interactive, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        directory.LearnAs(repository, found, moment);
        return found;
    }

    public async IAsyncEnumerable<GitHubRepository> ListRepositoriesAsync(RepositorySource? source = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var moment = directory.Invalidations.Moment;
        await foreach (var repository in listing.ListAsync(source ?? OwnRepositories, RequestLane.Interactive, cancellationToken).ConfigureAwait(false))
        {
            directory.Learn(repository, moment);
            yield return repository;
        }
    }

    public Task<RepositoryTree> GetTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default)
    {
        CheckTree(repository, gitRef);
        return connection.Interactions.RunAsync(
            connection.Describe("get_tree", repository),
            async _ =>
            {
                gitRef ??= (await RepositoryReader.ReadAsync(connection, repository, RequestLane.Interactive, cancellationToken).ConfigureAwait(false)).DefaultRef;
                return await trees.ReadAsync(repository, gitRef, RequestLane.Interactive, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<CachedTree> GetCachedTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default)
    {
        CheckTree(repository, gitRef);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<CachedTree>(cancellationToken)
            : cachedTrees.FindFresh(repository, gitRef) is { } hit ? Task.FromResult(hit)
            : ReadCachedTreeAsync(repository, gitRef, cancellationToken);
    }

    public ValueTask<CachedTree?> FindCachedTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default)
    {
        CheckTree(repository, gitRef);
        cancellationToken.ThrowIfCancellationRequested();
        return new(store.Find(repository, gitRef));
    }

    public ValueTask InvalidateTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default)
    {
        CheckTree(repository, gitRef);
        cancellationToken.ThrowIfCancellationRequested();
        cachedTrees.Invalidate(repository, gitRef);
        return default;
    }

    public async IAsyncEnumerable<TreeScanResult> ScanTreesAsync(TreeScanOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new();
        var (wanted, incomplete) = await ListForScanAsync(options, cancellationToken).ConfigureAwait(false);
        await foreach (var result in new TreeScan(connection, cachedTrees, store, refusals, heads, shared, options).RunAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }

        if (incomplete is not null)
        {
            throw incomplete;
        }
    }

    public async Task<TreeScanPlan> PlanScanAsync(TreeScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var (wanted, incomplete) = await ListForScanAsync(options, cancellationToken).ConfigureAwait(false);
        var plan = await new TreeScanPlanner(connection, cachedTrees, store, refusals, heads, shared, options, timeProvider)
            .MakeAsync(wanted, cancellationToken).ConfigureAwait(false);
        return plan with { IsListComplete = incomplete is null };
    }

    public Task<string> GetCommitShaAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default)
    {
        CheckTree(repository, gitRef);
        return connection.Interactions.RunAsync(
            connection.Describe("get_commit", repository),
            _ => CommitReader.ReadAsync(connection, repository, gitRef ?? "HEAD", known: null, RequestLane.Interactive, cancellationToken),
            cancellationToken);
    }

    public Task<GraphQLAnswer<T>> QueryAsync<T>(GraphQLQuery query, JsonTypeInfo<T> dataType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(dataType);
        return connection.RunAsync(query.Name, GraphQLReader.ToRequest(query, connection.Host), GraphQLReader.Read(dataType), cancellationToken);
    }

    public Task<GitHubRateLimits> GetRateLimitAsync(CancellationToken cancellationToken = default) =>
        connection.Interactions.RunAsync(connection.Describe("get_rate_limit"), async _ =>
        {
            try
            {
                return await connection.SendAsync(GitHubRequest.Get("/rate_limit"), ReadRateLimitsAsync, cancellationToken).ConfigureAwait(false);
            }
            catch (ScmNotFoundException)
            {
                // An Enterprise Server without limits answers 404.
                return new GitHubRateLimits { IsEnabled = false, Resources = new Dictionary<string, GitHubRateLimit>(StringComparer.Ordinal) };
            }
        }, cancellationToken);

    public Task<GitHubInstallation> GetInstallationAsync(CancellationToken cancellationToken = default)
    {
        var installation = connection.Installation
            ?? throw new InvalidOperationException("The client speaks for no installation. Only one of a GitHub App's installation (UseInstallation) can describe it.");
        return connection.Interactions.RunAsync(connection.Describe("get_installation"), _ => installation.ReadAsync(cancellationToken), cancellationToken);
    }

    public Task<T> SendAsync<T>(GitHubRequest request, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return connection.RunAsync(request.Name, request, Json(typeInfo), cancellationToken);
    }

    public Task<T> SendAsync<T>(
        GitHubRequest request,
        JsonTypeInfo<T> typeInfo,
        Func<ScmAmbiguousWriteException, CancellationToken, Task<Reconciliation<T>>> reconcile,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentNullException.ThrowIfNull(reconcile);
        return connection.Interactions.RunAsync(
            connection.Describe(request.Name),
            scope => ReconciledWrite.SendAsync(token => connection.SendAsync(request, Json(typeInfo), token), reconcile, scope, cancellationToken),
            cancellationToken);
    }

    public Task SendAsync(GitHubRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return connection.RunAsync(request.Name, request, static (response, token) => response.DrainAsync(token), cancellationToken);
    }

    public Task<T> SendAsync<T>(GitHubRequest request, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(read);
        return CallbackRead.RunAsync(connection, request, read, cancellationToken);
    }

    public IAsyncEnumerable<T> SendPagesAsync<T>(GitHubRequest request, JsonTypeInfo<List<T>> typeInfo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return pages.ListAsync(request, typeInfo, cancellationToken);
    }

    public IAsyncEnumerable<T> SendPagesAsync<TPage, T>(
        GitHubRequest request,
        JsonTypeInfo<TPage> typeInfo,
        Func<TPage, IReadOnlyList<T>?> entries,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentNullException.ThrowIfNull(entries);
        return pages.ListAsync(request, typeInfo, entries, cancellationToken);
    }

    public Task<GitHubFile> GetFileAsync(RepositoryRef repository, string path, string? gitRef = null, CancellationToken cancellationToken = default) =>
        contents.GetFileAsync(repository, path, gitRef, cancellationToken);

    public Task<GitHubDownload> OpenFileAsync(RepositoryRef repository, string path, string? gitRef = null, CancellationToken cancellationToken = default) =>
        contents.OpenFileAsync(repository, path, gitRef, cancellationToken);

    public Task<ReadOnlyMemory<byte>> GetBlobAsync(RepositoryRef repository, string sha, CancellationToken cancellationToken = default) =>
        contents.GetBlobAsync(repository, sha, cancellationToken);

    public Task<GitHubDownload> OpenBlobAsync(RepositoryRef repository, string sha, CancellationToken cancellationToken = default) =>
        contents.OpenBlobAsync(repository, sha, cancellationToken);

    public ValueTask InvalidateAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        cancellationToken.ThrowIfCancellationRequested();
        webhooks.Apply(webhook);
        return default;
    }

    private async Task<(GitHubRepository[] Wanted, ScmIncompleteListException? Incomplete)> ListForScanAsync(TreeScanOptions options, CancellationToken cancellationToken)
    {
        var (repositories, incomplete) = await remembered.GetAsync(options.Source ?? OwnRepositories, cancellationToken).ConfigureAwait(false);
        return ([.. repositories.Where(repository => options.IncludeArchived || !repository.IsArchived)], incomplete);
    }

    /// <summary>What "its repositories" are is told by the credential: an installation's token has no user.</summary>
    private RepositorySource OwnRepositories =>
        connection.Credential is AppCredential ? throw new InvalidOperationException("The client speaks as a GitHub App itself, which has no repositories. Its installations have (UseInstallation).")
        : connection.Installation is not null || connection.Credential is TokenCredential { IsInstallationToken: true } ? RepositorySource.Installation
        : RepositorySource.AuthenticatedUser;

    private static ResponseReader<T> Json<T>(JsonTypeInfo<T> typeInfo) => (response, token) => response.ReadJsonAsync(typeInfo, token);

    private static async Task<GitHubRateLimits> ReadRateLimitsAsync(GitHubResponse response, CancellationToken cancellationToken)
    {
        var wire = await response.ReadJsonAsync(GitHubJson.Default.RateLimitsWire, cancellationToken).ConfigureAwait(false);
        return wire.Resources.Values.All(limit => limit is not null)
            ? new() { IsEnabled = true, Resources = wire.Resources.ToDictionary(pair => pair.Key, pair => pair.Value.ToRateLimit(), StringComparer.Ordinal) }
            : throw new JsonException("A limit is null.");
    }

    // Apart from the look at what is kept, so that a hit makes no closure for it.
    private async Task<CachedTree> ReadCachedTreeAsync(RepositoryRef repository, string? gitRef, CancellationToken cancellationToken) =>
        (await cachedTrees.ReadAsync(new(repository, gitRef), cancellationToken).ConfigureAwait(false)).Tree;

    private static void CheckTree(RepositoryRef repository, string? gitRef)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (gitRef is not null)
        {
            GitRefName.Check(gitRef, nameof(gitRef));
        }
    }
}
