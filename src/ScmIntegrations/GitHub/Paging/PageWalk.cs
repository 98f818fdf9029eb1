using System.Runtime.CompilerServices;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Paging;

/// <summary>Reads a list page after page, as one interaction. It always ends, and says when it ended before everything was read.</summary>
internal sealed class PageWalk(GitHubConnection connection)
{
    /// <summary>The entries as their pages arrive.</summary>
    /// <exception cref="ScmIncompleteListException">After everything that was read: the page cap, a loop of pages, fewer entries than GitHub counted, or organisations left out for their single sign-on.</exception>
    public async IAsyncEnumerable<T> WalkAsync<T>(PagedList<T> list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scope = connection.Interactions.Start(connection.Describe(list.Operation), cancellationToken);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var request = list.First with { AllowPartialResults = true };
        string? incomplete = null;
        string? leftOut = null;
        var listed = 0;
        if (list.Prepare is { } prepare)
        {
            await WithinAsync(scope, () => prepare(cancellationToken)).ConfigureAwait(false);
        }

        for (var pages = 1; ; pages++)
        {
            var page = await ReadPageAsync(scope, request, list.Read, cancellationToken).ConfigureAwait(false);
            leftOut ??= page.LeftOut;
            foreach (var item in page.Items.Where(list.IsNew))
            {
                listed++;
                yield return item;
            }

            if (page.Next is null)
            {
                incomplete = page.TotalCount > listed ? $"GitHub counts {page.TotalCount} {list.Entries} and listed {listed}" : null;
                break;
            }

            visited.Add(page.Address.AbsoluteUri);
            if (visited.Contains(page.Next.AbsoluteUri))
            {
                incomplete = "the pages lead back to one that was read";
                break;
            }

            if (pages == connection.Options.MaxPages)
            {
                incomplete = $"the limit of {connection.Options.MaxPages} pages was reached";
                break;
            }

            request = request.Follow(page.Next);
        }

        scope.SetExtra(list.Entries, listed);
        if ((incomplete ?? (list.First.AllowPartialResults ? null : leftOut)) is { } why)
        {
            var error = Incomplete(incomplete is null ? ErrorReason.SamlPartialResults : ErrorReason.IncompleteList, list, why, listed);
            scope.RecordException(error);
            throw error;
        }
    }

    private async Task<ListPage<T>> ReadPageAsync<T>(InteractionScope scope, GitHubRequest request, PageReader<T> read, CancellationToken cancellationToken)
    {
        ListPage<T>? page = null;
        await WithinAsync(
            scope,
            async () => page = await connection.SendAsync(request, (response, token) => ListPage<T>.ReadAsync(response, read, token), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return page!;
    }

    /// <summary>Runs a part of the walk in its interaction, and ends that with what the part throws.</summary>
    private static async Task WithinAsync(InteractionScope scope, Func<Task> part)
    {
        using (scope.Enter())
        {
            try
            {
                await part().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                scope.RecordException(exception);
                throw;
            }
        }
    }

    private static ScmException Incomplete<T>(ErrorReason reason, PagedList<T> list, string why, int read) => ScmException.From(new ScmError
    {
        Reason = reason,
        Origin = reason is ErrorReason.SamlPartialResults ? ErrorOrigin.GitHub : ErrorOrigin.Client,
        Message = $"The list of {list.Name} is not complete: {why}. The {read} that were read are good; draw no conclusion from what is absent.",
    });
}
