using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.GitHub;

/// <summary>
/// GitHub, with every call an interaction and every error a <see cref="ScmException"/>. Safe for concurrent use; one
/// instance serves for the life of the process.
/// </summary>
/// <remarks>
/// Besides what a member names, every call can throw: <see cref="ScmUnauthorizedException"/>, <see cref="ScmPermissionException"/>,
/// <see cref="ScmRateLimitException"/>, <see cref="ScmServerException"/>, <see cref="ScmTransportException"/>,
/// <see cref="ScmTimeoutException"/>, <see cref="ScmUnreadableResponseException"/>, <see cref="ScmCircuitOpenException"/>,
/// <see cref="ScmOriginBlockedException"/>, and <see cref="OperationCanceledException"/> with the caller's token.
/// </remarks>
public interface IGitHubIntegrationClient
{
    /// <summary>Describes a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The repository as GitHub describes it now.</returns>
    /// <exception cref="ScmNotFoundException">It is missing, or the credential cannot see it.</exception>
    Task<GitHubRepository> GetRepositoryAsync(RepositoryRef repository, CancellationToken cancellationToken = default);

    /// <summary>Lists repositories, a page of 100 at a time, as they arrive.</summary>
    /// <param name="source">Whose; by default the installation's for an installation, else those of the token's user.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>Every repository once, archived ones too.</returns>
    /// <exception cref="ScmIncompleteListException">Thrown after everything that could be read: the page cap, pages that lead in a circle, or fewer than GitHub counted.</exception>
    IAsyncEnumerable<GitHubRepository> ListRepositoriesAsync(RepositorySource? source = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a tree from GitHub, past the cache. A tree that GitHub cuts short is completed folder by folder.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">A branch, a tag, or the id of a commit or tree; by default the default branch, which costs a request more.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The tree; <see cref="RepositoryTree.IsComplete"/> says whether it could be completed within the request budget.</returns>
    /// <exception cref="ArgumentException"><paramref name="gitRef"/> is not a valid ref name; nothing was sent.</exception>
    /// <exception cref="ScmEmptyRepositoryException">The repository has no commit. Expected: recorded as a halt.</exception>
    /// <exception cref="ScmNotFoundException">Repository or ref is missing, or the credential cannot see it.</exception>
    Task<RepositoryTree> GetTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a tree through the cache: at most one call a lifetime and ref, however many ask at once.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">A branch, a tag, or the id of a commit or tree; by default the default branch.</param>
    /// <param name="cancellationToken">Ends this caller's wait, nobody else's.</param>
    /// <returns>The tree. An empty repository gives a tree without entries and <see cref="TreeStatus.Empty"/>, and is not asked again before its lifetime ends.</returns>
    /// <exception cref="ArgumentException"><paramref name="gitRef"/> is not a valid ref name; nothing was sent.</exception>
    /// <exception cref="ScmNotFoundException">Repository or ref is missing, or the credential cannot see it. Not cached.</exception>
    Task<CachedTree> GetCachedTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a tree from the cache alone; never sends a request.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">A branch, a tag, or the id of a commit or tree; by default the default branch.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <returns>The tree, past its lifetime as <see cref="TreeStatus.Stale"/>; <see langword="null"/> when nothing is cached.</returns>
    /// <exception cref="ArgumentException"><paramref name="gitRef"/> is not a valid ref name.</exception>
    ValueTask<CachedTree?> FindCachedTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>Forgets where a ref points, or that the repository is empty, so that the next read asks. Call it when a push arrives.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">The ref as it is passed to reads; by default the default branch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the entry is gone.</returns>
    /// <exception cref="ArgumentException"><paramref name="gitRef"/> is not a valid ref name.</exception>
    ValueTask InvalidateTreeAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the trees of many repositories through the cache, a result for each as it is ready.</summary>
    /// <param name="options">What to read; by default all unarchived repositories of the credential.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <returns>One result a repository. A repository that fails is a result with its error; it never ends the scan.</returns>
    /// <exception cref="ScmException">The repositories could not be listed.</exception>
    /// <exception cref="ScmIncompleteListException">Thrown after every repository that was listed has its result: the list ended early.</exception>
    IAsyncEnumerable<TreeScanResult> ScanTreesAsync(TreeScanOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks which commit a ref leads to.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">A branch, a tag or a commit; by default the default branch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The commit's id: 40 hexadecimal digits, 64 in a repository with SHA-256.</returns>
    /// <exception cref="ArgumentException"><paramref name="gitRef"/> is not a valid ref name; nothing was sent.</exception>
    /// <exception cref="ScmEmptyRepositoryException">The repository has no commit. Expected: recorded as a halt.</exception>
    /// <exception cref="ScmNotFoundException">Repository or ref is missing, or the credential cannot see it.</exception>
    Task<string> GetCommitShaAsync(RepositoryRef repository, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>Asks a GraphQL query, with the same treatment as every other call.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="query">The query; its name becomes the interaction's.</param>
    /// <param name="dataType">The source-generated description of what stands below <c>data</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The data. What is missing of it is null there and named in <see cref="GraphQLAnswer{T}.Errors"/>.</returns>
    /// <exception cref="ScmException">GitHub gave nothing but errors, though it answers 200: the first one decides the type, as the same trouble would in REST.</exception>
    Task<GraphQLAnswer<T>> QueryAsync<T>(GraphQLQuery query, JsonTypeInfo<T> dataType, CancellationToken cancellationToken = default);

    /// <summary>Reads the hourly limits of the credential. Asking is free.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The limits; not enabled on a server that has none.</returns>
    Task<GitHubRateLimits> GetRateLimitAsync(CancellationToken cancellationToken = default);

    /// <summary>Describes the installation that the client speaks for, permissions included.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The installation as GitHub describes it now.</returns>
    /// <exception cref="InvalidOperationException">The client speaks with a token, not for an App's installation.</exception>
    /// <exception cref="ScmInstallationException">The installation is gone.</exception>
    Task<GitHubInstallation> GetInstallationAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends any request, with the same treatment as every other call.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="request">The request; its name becomes the interaction's.</param>
    /// <param name="typeInfo">The source-generated description of the answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer.</returns>
    Task<T> SendAsync<T>(GitHubRequest request, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends a write that must not be sent twice, and looks after it when nobody knows whether it was carried out: the connection
    /// broke, the time ran out, or GitHub failed. All of it is one interaction.
    /// </summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="request">The request; its name becomes the interaction's.</param>
    /// <param name="typeInfo">The source-generated description of the answer.</param>
    /// <param name="reconcile">
    /// Looks whether the write took effect, for example by a marker that it carries. Asked at most twice: once for the request, and once
    /// where that was sent again. When it fails itself, the ambiguous write surfaces, and its failure is reported as a handled trouble.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, or what the reconciliation found.</returns>
    /// <exception cref="ScmAmbiguousWriteException">The reconciliation could not tell.</exception>
    Task<T> SendAsync<T>(
        GitHubRequest request,
        JsonTypeInfo<T> typeInfo,
        Func<ScmAmbiguousWriteException, CancellationToken, Task<Reconciliation<T>>> reconcile,
        CancellationToken cancellationToken = default);

    /// <summary>Sends any request whose answer has no body that matters, such as a 204.</summary>
    /// <param name="request">The request; its name becomes the interaction's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when GitHub has agreed.</returns>
    Task SendAsync(GitHubRequest request, CancellationToken cancellationToken = default);
}
