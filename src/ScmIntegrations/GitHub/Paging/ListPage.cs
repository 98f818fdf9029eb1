using System.Net;
using System.Text.Json;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="TotalCount">How many there are on all pages, where GitHub says so and its word can be held against the list.</param>
/// <param name="Next">The next page.</param>
/// <param name="Address">The address that answered.</param>
/// <param name="LeftOut">The organisations that the list leaves out for their single sign-on.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, int? TotalCount, Uri? Next, Uri Address, string? LeftOut)
{
    /// <summary>Reads a page; nothing at all (204) stands for some empty lists.</summary>
    /// <exception cref="JsonException">An entry is null, or the address of the next page cannot be read.</exception>
    public static async Task<ListPage<T>> ReadAsync(GitHubResponse response, PageReader<T> read, CancellationToken cancellationToken)
    {
        if (response.Status is HttpStatusCode.NoContent)
        {
            return new([], null, null, response.Address, response.PartialResults);
        }

        var next = NextAddress(response);
        var (items, totalCount) = await read(response, cancellationToken).ConfigureAwait(false);
        return items.Any(item => item is null)
            ? throw new JsonException("An entry of the list is null.")
            : new(items, totalCount, next, response.Address, response.PartialResults);
    }

    private static Uri? NextAddress(GitHubResponse response) =>
        response.NextPage is not { } next ? null
        : Uri.TryCreate(response.Address, next, out var address) ? address
        : throw new JsonException("The address of the next page cannot be read.");
}

/// <summary>Makes the entries of a page out of its body, and how many there are on all pages, if that is to be believed.</summary>
internal delegate Task<(IReadOnlyList<T> Items, int? TotalCount)> PageReader<T>(GitHubResponse response, CancellationToken cancellationToken);
