using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Paging;

/// <summary>The pages of any list that a user asks for.</summary>
internal sealed class RequestPages(GitHubConnection connection, PageWalk walk)
{
    /// <summary>A list whose pages are bare arrays.</summary>
    public IAsyncEnumerable<T> ListAsync<T>(GitHubRequest request, JsonTypeInfo<List<T>> typeInfo, CancellationToken cancellationToken) =>
        ListAsync<T>(request, async (response, token) => (await response.ReadJsonAsync(typeInfo, token).ConfigureAwait(false), null), cancellationToken);

    /// <summary>A list whose pages are objects that hold the entries.</summary>
    public IAsyncEnumerable<T> ListAsync<TPage, T>(GitHubRequest request, JsonTypeInfo<TPage> typeInfo, Func<TPage, IReadOnlyList<T>?> entries, CancellationToken cancellationToken) =>
        ListAsync<T>(
            request,
            async (response, token) =>
            {
                var page = await response.ReadJsonAsync(typeInfo, token).ConfigureAwait(false);
                return (entries(page) ?? throw new WrongShapeException("The page holds no list."), null);
            },
            cancellationToken);

    private IAsyncEnumerable<T> ListAsync<T>(GitHubRequest request, PageReader<T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Method == HttpMethod.Get
            ? walk.WalkAsync(new PagedList<T>(request.Name, Sized(request), read), cancellationToken)
            : throw new ArgumentException($"'{request}' is not a list: pages are read with GET.", nameof(request));
    }

    private GitHubRequest Sized(GitHubRequest request) =>
        request.PathAndQuery.Contains("?per_page=", StringComparison.Ordinal) || request.PathAndQuery.Contains("&per_page=", StringComparison.Ordinal)
            ? request
            : request.WithQuery("per_page", connection.Options.PageSize.ToString(CultureInfo.InvariantCulture));
}
