using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace Quickstart.Output;

/// <summary>What an answer means, as lines for people and as a line for programs.</summary>
internal static class Explanation
{
    public static IEnumerable<string> Lines(GitHubAnswer answer, ScmException? error, bool isDated)
    {
        if (error is null)
        {
            yield return NoError(answer);
            yield break;
        }

        yield return error.Explain();
        if (error.RetryAt is not null && !isDated)
        {
            yield return "Counted from   now, because the answer has no Date that can be read";
        }

        yield return $"Rule           {error.Error.Rule} of the retry table";
    }

    public static ExplanationLine Of(GitHubAnswer answer, ScmError? error, string? exception) => new(
        "explanation",
        exception,
        answer.Status,
        error?.Reason.ToName(),
        error?.Origin.ToName(),
        error?.Acts.ToName(),
        error?.Advice,
        error?.FixUrl?.AbsoluteUri,
        error?.RetryAt is { } retryAt ? ErrorFacts.Format(retryAt) : null,
        error?.Message ?? NoError(answer),
        error?.RequestId,
        error?.DocumentationUrl?.AbsoluteUri,
        error?.IsTransient,
        error?.IsExpected,
        error?.Rule,
        error?.AcceptedPermissions,
        error?.ValidationErrors ?? []);

    // The path is left out: here it would not have been through the library's redaction.
    private static string NoError(GitHubAnswer answer) => $"{answer.Status} to {answer.Method} means no error.";
}
