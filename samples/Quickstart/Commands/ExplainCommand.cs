using Quickstart.Output;
using ScmIntegrations.GitHub;

namespace Quickstart.Commands;

/// <summary>Says what an answer means that somebody pasted.</summary>
internal static class ExplainCommand
{
    public static async Task<int> RunAsync(GitHubAnswer answer, IReport report)
    {
        var clock = AnswerClock.Of(answer);
        await report.ExplainAsync(answer, answer.ToException(clock ?? TimeProvider.System), isDated: clock is not null);
        return ExitCode.Done;
    }
}
