// snippet:report
using ScmIntegrations.GitHub;

namespace ReportService;

/// <summary>Counts the files of a repository by their extension.</summary>
public sealed class FileReport(IGitHubIntegrationClient gitHub)
{
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(RepositoryRef repository, CancellationToken cancellationToken = default)
    {
        var cached = await gitHub.GetCachedTreeAsync(repository, cancellationToken: cancellationToken);
        return cached.Tree.Files.CountBy(file => Path.GetExtension(file.Path)).ToDictionary();
    }
}
// end-snippet
