using OctokitInterop.Steps;

namespace OctokitInterop.Tour;

/// <summary>The steps one after the other; what each says is checked while it is told.</summary>
internal static class GuidedTour
{
    private const int Done = 0;
    private const int NotAsTold = 1;

    /// <summary>Ctrl+C, by the convention of shells: 128 and the number of the signal.</summary>
    private const int Cancelled = 130;

    private static readonly (string Title, Func<Stage, Findings, CancellationToken, Task> RunAsync)[] Steps =
    [
        ("Existing code, unchanged", ExistingCode.RunAsync),
        ("The same call in RunAsync", SameCall.RunAsync),
        ("An empty repository", EmptyRepository.RunAsync),
        ("A permission is missing", MissingPermission.RunAsync),
        ("A rate limit", RateLimit.RunAsync),
        ("A caller who gives up", GivingUp.RunAsync),
        ("A list that goes on at another host", AnotherHost.RunAsync),
        ("A name that would change the path", NameWithDots.RunAsync),
        ("Octokit's catch, and what it means", OldCatch.RunAsync),
        ("What was counted", Counted.RunAsync),
    ];

    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var findings = new Findings(output);
        try
        {
            await using var stage = await Stage.OpenAsync(cancellationToken);
            findings.Say("Octokit beside ScmIntegrations");
            findings.Say($"A GitHub of our own listens on {stage.GitHub.Server.Address}. No account is needed, and no network.");
            foreach (var (number, (title, runAsync)) in Steps.Index())
            {
                findings.Begin(number + 1, title);
                await findings.GuardAsync(() => runAsync(stage, findings, cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            findings.Say("Cancelled.");
            return Cancelled;
        }

        findings.Conclude();
        return findings.Wrong == 0 ? Done : NotAsTold;
    }
}
