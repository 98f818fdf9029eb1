using Octokit;

namespace ScmIntegrations.Octokit.Tests.Snippets;

// snippet:double
/// <summary>Runs every call at once, on Octokit's client as any mocking library gives it.</summary>
internal sealed class OctokitDouble(IGitHubClient octokit) : IOctokitIntegrationClient
{
    public IGitHubClient Octokit => octokit;

    public Task<T> RunAsync<T>(string operation, Func<IGitHubClient, Task<T>> call, CancellationToken cancellationToken = default) => call(octokit);

    public Task RunAsync(string operation, Func<IGitHubClient, Task> call, CancellationToken cancellationToken = default) => call(octokit);
}
// end-snippet
