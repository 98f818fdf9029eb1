using System.Globalization;
using System.Runtime.CompilerServices;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>Lists repositories, page after page, as one interaction. It always ends, and says when it ended before everything was read.</summary>
internal sealed class RepositoryListing(GitHubConnection connection)
{
    /// <summary>The repositories as their pages arrive, each once.</summary>
    /// <exception cref="ScmIncompleteListException">After everything that was read: the page cap, a loop of pages, fewer repositories than GitHub counted, or organisations left out for their single sign-on.</exception>
    public async IAsyncEnumerable<GitHubRepository> ListAsync(RepositorySource source, RequestLane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scope = connection.Interactions.Start(connection.Describe("list_repositories"), cancellationToken);
        var seen = new HashSet<long>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var request = source.ToRequest().WithQuery("per_page", connection.Options.PageSize.ToString(CultureInfo.InvariantCulture)) with { AllowPartialResults = true };
        request = request.PartOf(lane);
        string? incomplete = null;
        string? leftOut = null;
        for (var pages = 1; ; pages++)
        {
            var page = await ReadPageAsync(scope, request, source.IsCounted, cancellationToken).ConfigureAwait(false);
            leftOut ??= page.LeftOut;
            foreach (var repository in page.Repositories.Where(repository => seen.Add(repository.Id)))
            {
                yield return repository;
            }

            if (page.Next is null)
            {
                incomplete = page.TotalCount > seen.Count ? $"GitHub counts {page.TotalCount} repositories and listed {seen.Count}" : null;
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

        scope.SetExtra("repositories", seen.Count);
        if ((incomplete ?? leftOut) is { } why)
        {
            var error = Incomplete(incomplete is null ? ErrorReason.SamlPartialResults : ErrorReason.IncompleteList, why, seen.Count);
            scope.RecordException(error);
            throw error;
        }
    }

    private async Task<RepositoryPage> ReadPageAsync(InteractionScope scope, GitHubRequest request, bool isCounted, CancellationToken cancellationToken)
    {
        using (scope.Enter())
        {
            try
            {
                return await connection.SendAsync(
                    request,
                    (response, token) => RepositoryPage.ReadAsync(response, isCounted, token),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                scope.RecordException(exception);
                throw;
            }
        }
    }

    private static ScmException Incomplete(ErrorReason reason, string why, int read) => ScmException.From(new ScmError
    {
        Reason = reason,
        Origin = reason is ErrorReason.SamlPartialResults ? ErrorOrigin.GitHub : ErrorOrigin.Client,
        Message = $"The list of repositories is not complete: {why}. The {read} that were read are good; draw no conclusion from what is absent.",
    });
}
