using Octokit;
using OctokitInterop.Tour;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit;

namespace OctokitInterop.Steps;

/// <summary>Code that keeps Octokit's exceptions, and only wants to know what they mean.</summary>
internal static class OldCatch
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await stage.Board.ListOpenAsync("acme", "gone");
            findings.Check(false, "issues");
        }
        catch (ApiException error)
        {
            var meaning = error.ToScmException();
            findings.Check(meaning is ScmNotFoundException, $"outside of RunAsync it is Octokit's {error.GetType().Name} still; it means {meaning.Reason.ToName()}");
        }
    }
}
