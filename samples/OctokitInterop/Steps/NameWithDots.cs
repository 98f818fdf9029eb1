using OctokitInterop.Tour;

namespace OctokitInterop.Steps;

/// <summary>A name from a form: Octokit by itself asks for <c>/user</c> with it.</summary>
internal static class NameWithDots
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        var before = stage.GitHub.Server.Requests.Count;
        try
        {
            await stage.Octokit.RunAsync("get_repository", gitHub => gitHub.Repository.Get("acme", "../../user"), cancellationToken);
            findings.Check(false, "a repository");
        }
        catch (ArgumentException refused)
        {
            findings.Check(true, $"ArgumentException: {refused.Message}");
            findings.Check(stage.GitHub.Server.Requests.Count == before, "nothing was sent");
        }
    }
}
