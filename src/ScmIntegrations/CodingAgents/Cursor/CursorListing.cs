using System.Runtime.CompilerServices;
using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Reads a list page by page, while somebody takes what it brings, and no further than its bound.</summary>
internal static class CursorListing
{
    // Cursor's largest: cursor.com/docs/cloud-agent/api/endpoints
    private const int PageSize = 100;

    /// <summary>Reads a list.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="maxPages">The bound.</param>
    /// <param name="read">Reads a page: what is on it, and the cursor to the next, which is absent at the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ScmIncompleteListException">The bound was reached, or the list leads back to a page that was read.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        string path,
        int maxPages,
        Func<string, Task<(IEnumerable<T> Items, string? NextCursor)>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < maxPages; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (items, next) = await read($"{path}?limit={PageSize}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}").ConfigureAwait(false);
            foreach (var item in items)
            {
                yield return item;
            }

            if (string.IsNullOrEmpty(next))
            {
                yield break;
            }

            if (!seen.Add(next))
            {
                throw Incomplete("it leads back to a page that was read already");
            }

            cursor = next;
        }

        throw Incomplete($"it goes on after {maxPages} pages, which is the bound");
    }

    private static ScmException Incomplete(string why) => ScmException.From(new ScmError
    {
        Reason = ErrorReason.IncompleteList,
        Origin = ErrorOrigin.Client,
        Message = $"The list of Cursor's agents was not read to its end: {why}.",
    });
}
