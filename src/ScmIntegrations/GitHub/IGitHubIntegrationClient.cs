using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Contents;
using ScmIntegrations.GitHub.GraphQL;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Webhooks;

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

    /// <summary>
    /// Says what a scan will cost, when it will end and what the limit will have left, before the first tree is asked for. It lists the
    /// repositories and asks for their heads, as the scan would; the scan that follows does not ask for them again.
    /// </summary>
    /// <param name="options">What would be read; by default all unarchived repositories of the credential.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ScmException">The repositories could not be listed.</exception>
    Task<TreeScanPlan> PlanScanAsync(TreeScanOptions? options = null, CancellationToken cancellationToken = default);

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

    /// <summary>Sends any request and gives the body of its answer to a reader, while it arrives.</summary>
    /// <typeparam name="T">What the reader makes of the body.</typeparam>
    /// <param name="request">The request; its name becomes the interaction's.</param>
    /// <param name="read">
    /// Reads the body. It runs inside the attempt: within its time, and again from the beginning when the attempt is repeated, as after a body
    /// that broke off. So let it build a new result each time instead of adding to one. What it throws itself reaches the caller as it is, and nothing is sent
    /// again for it. The stream and the token are good until it returns; a body that it does not read to the end is not checked for its end.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the reader made of the body.</returns>
    Task<T> SendAsync<T>(GitHubRequest request, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default);

    /// <summary>Reads any list whose pages are arrays, page after page as they arrive, as one interaction.</summary>
    /// <typeparam name="T">The type of an entry.</typeparam>
    /// <param name="request">The request for the first page, a GET; its name becomes the interaction's. Without a <c>per_page</c> of its own it gets <see cref="GitHubIntegrationOptions.PageSize"/>.</param>
    /// <param name="typeInfo">The source-generated description of a page.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The entries in GitHub's order. One that moves from page to page while they are read can come twice, or not at all.</returns>
    /// <exception cref="ArgumentException">The request is not a GET; nothing was sent.</exception>
    /// <exception cref="ScmIncompleteListException">Thrown after everything that could be read: the page cap, pages that lead in a circle, or organisations left out for their single sign-on.</exception>
    IAsyncEnumerable<T> SendPagesAsync<T>(GitHubRequest request, JsonTypeInfo<List<T>> typeInfo, CancellationToken cancellationToken = default);

    /// <summary>Reads any list whose pages are objects that hold the entries, such as <c>{"total_count": 2, "items": [...]}</c>.</summary>
    /// <typeparam name="TPage">The type of a page.</typeparam>
    /// <typeparam name="T">The type of an entry.</typeparam>
    /// <param name="request">The request for the first page, a GET; its name becomes the interaction's. Without a <c>per_page</c> of its own it gets <see cref="GitHubIntegrationOptions.PageSize"/>.</param>
    /// <param name="typeInfo">The source-generated description of a page.</param>
    /// <param name="entries">The entries of a page; <see langword="null"/> for a page that holds none though it should, which is an unreadable answer.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The entries in GitHub's order. One that moves from page to page while they are read can come twice, or not at all.</returns>
    /// <exception cref="ArgumentException">The request is not a GET; nothing was sent.</exception>
    /// <exception cref="ScmIncompleteListException">Thrown after everything that could be read: the page cap, pages that lead in a circle, or organisations left out for their single sign-on.</exception>
    IAsyncEnumerable<T> SendPagesAsync<TPage, T>(
        GitHubRequest request,
        JsonTypeInfo<TPage> typeInfo,
        Func<TPage, IReadOnlyList<T>?> entries,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a file into memory, up to <see cref="GitHubIntegrationOptions.MaxBlobBytes"/>. The whole content arrives within one attempt, so one that
    /// breaks off is asked for again; <see cref="OpenFileAsync"/> is for what may take longer.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="path">The path from the top, with forward slashes and without escapes. A symbolic link to a file of the repository gives that file.</param>
    /// <param name="gitRef">A branch, a tag, or the id of a commit; by default the default branch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The file. One that is too large for its path is looked up in its directory and read as a blob, for two requests more.</returns>
    /// <exception cref="ArgumentException">The path is not one that git can hold, or the ref is not a valid name; nothing was sent.</exception>
    /// <exception cref="ScmFileNotFoundException">The repository is there, and the path or the ref is not, or a directory, a submodule or a symbolic link to no file stands there.</exception>
    /// <exception cref="ScmNotFoundException">The repository is missing, or the credential cannot see it. Telling the two apart costs a request, once in five minutes.</exception>
    /// <exception cref="ScmEmptyRepositoryException">The repository has no commit. Expected: recorded as a halt.</exception>
    /// <exception cref="ScmForbiddenException">The file is above GitHub's 100 MB (<see cref="ErrorReason.BlobTooLarge"/>).</exception>
    Task<GitHubFile> GetFileAsync(RepositoryRef repository, string path, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a file to be read while it arrives. Retries and the time of an attempt end with its first bytes; from there on nothing is sent
    /// again, and a read that brings nothing for as long as an attempt may take is given up. So a large file may take as long as it moves.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="path">The path from the top, as in <see cref="GetFileAsync"/>.</param>
    /// <param name="gitRef">A branch, a tag, or the id of a commit; by default the default branch.</param>
    /// <param name="cancellationToken">Cancels the opening; each read has a token of its own.</param>
    /// <returns>The content, to be disposed. Its interaction ends with it.</returns>
    /// <exception cref="ArgumentException">As <see cref="GetFileAsync"/>.</exception>
    /// <exception cref="ScmFileNotFoundException">As <see cref="GetFileAsync"/>.</exception>
    /// <exception cref="ScmNotFoundException">As <see cref="GetFileAsync"/>.</exception>
    /// <exception cref="ScmEmptyRepositoryException">As <see cref="GetFileAsync"/>.</exception>
    /// <exception cref="ScmForbiddenException">As <see cref="GetFileAsync"/>.</exception>
    Task<GitHubDownload> OpenFileAsync(RepositoryRef repository, string path, string? gitRef = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a blob into memory, up to <see cref="GitHubIntegrationOptions.MaxBlobBytes"/>. Its content is held against its id.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="sha">The id of the blob, as a tree lists it: 40 or 64 hexadecimal digits.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content, byte for byte.</returns>
    /// <exception cref="ArgumentException">The id is not one; nothing was sent.</exception>
    /// <exception cref="ScmNotFoundException">Repository or blob is missing, or the credential cannot see it.</exception>
    /// <exception cref="ScmForbiddenException">The blob is above GitHub's 100 MB (<see cref="ErrorReason.BlobTooLarge"/>).</exception>
    Task<ReadOnlyMemory<byte>> GetBlobAsync(RepositoryRef repository, string sha, CancellationToken cancellationToken = default);

    /// <summary>Opens a blob to be read while it arrives, under the terms of <see cref="OpenFileAsync"/>. Where its length is announced, its content is held against its id at the end.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="sha">The id of the blob, as a tree lists it: 40 or 64 hexadecimal digits.</param>
    /// <param name="cancellationToken">Cancels the opening; each read has a token of its own.</param>
    /// <returns>The content, to be disposed. Its interaction ends with it.</returns>
    /// <exception cref="ArgumentException">The id is not one; nothing was sent.</exception>
    /// <exception cref="ScmNotFoundException">Repository or blob is missing, or the credential cannot see it.</exception>
    /// <exception cref="ScmForbiddenException">The blob is above GitHub's 100 MB (<see cref="ErrorReason.BlobTooLarge"/>).</exception>
    Task<GitHubDownload> OpenBlobAsync(RepositoryRef repository, string sha, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets what an event makes untrue: a push lifts its ref, a change of a repository what is known of it, a change of the installation
    /// everything. So the next read asks. Safe to call twice for one event, and for events in any order.
    /// </summary>
    /// <param name="webhook">The event, from a delivery that <see cref="GitHubWebhookReceiver"/> has accepted. One for another installation than this client's has no effect.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the entries are gone.</returns>
    ValueTask InvalidateAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default);
}
