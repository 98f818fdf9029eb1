using OctokitInterop.Tour;
using ScmIntegrations.Errors;

namespace OctokitInterop.Steps;

/// <summary>A 409 that Octokit tells from others by its text alone.</summary>
internal static class EmptyRepository
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await stage.Octokit.RunAsync("get_tree", gitHub => gitHub.Git.Tree.GetRecursive("acme", "empty", "main"), cancellationToken);
            findings.Check(false, "a tree");
        }
        catch (ScmEmptyRepositoryException empty)
        {
            findings.Check(true, $"ScmEmptyRepositoryException: {empty.Error.Advice}");
            findings.Check(empty.InnerException is Octokit.ApiException, $"Octokit's {empty.InnerException?.GetType().Name} is its cause");
        }
    }
}
