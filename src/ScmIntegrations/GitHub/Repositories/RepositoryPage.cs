using System.Net;
using System.Text.Json;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>One page of a listing.</summary>
internal sealed record RepositoryPage(IReadOnlyList<GitHubRepository> Repositories, int? TotalCount, Uri? Next, Uri Address, string? LeftOut)
{
    /// <summary>Reads a page: an object with a count for installations, a bare array elsewhere, nothing at all (204) for some empty lists.</summary>
    public static async Task<RepositoryPage> ReadAsync(GitHubResponse response, bool isCounted, CancellationToken cancellationToken)
    {
        if (response.Status is HttpStatusCode.NoContent)
        {
            return new([], null, null, response.Address, response.PartialResults);
        }

        var next = NextAddress(response);
        if (isCounted)
        {
            var wire = await response.ReadJsonAsync(GitHubJson.Default.InstallationRepositoriesWire, cancellationToken).ConfigureAwait(false);
            return new(Check(wire.Repositories), wire.TotalCount, next, response.Address, response.PartialResults);
        }

        return new(Check(await response.ReadJsonAsync(GitHubJson.Default.ListGitHubRepository, cancellationToken).ConfigureAwait(false)), null, next, response.Address, response.PartialResults);
    }

    private static Uri? NextAddress(GitHubResponse response) =>
        response.NextPage is not { } next ? null
        : Uri.TryCreate(response.Address, next, out var address) ? address
        : throw new JsonException("The address of the next page cannot be read.");

    private static List<GitHubRepository> Check(List<GitHubRepository> repositories) =>
        repositories.TrueForAll(RepositoryReader.IsUsable)
            ? repositories
            : throw new JsonException("A repository of the list is null or has no valid full name.");
}
