using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>The errors of an answer that was a success and cannot be used.</summary>
internal static class Unreadable
{
    /// <summary>The body is not what was due.</summary>
    public static ScmException Shape(OctokitAnswer? answer, string why, Exception? cause = null) =>
        New(ErrorReason.UnreadableResponse, ErrorOrigin.GitHub, answer, why, cause);

    /// <summary>The body is nested deeper than the bound. Octokit reads by recursion, and a deep one would end the process.</summary>
    public static ScmException TooDeep(OctokitAnswer? answer, int maxDepth) =>
        New(ErrorReason.ResponseTooLarge, ErrorOrigin.Client, answer, $"The body is nested deeper than the bound of {maxDepth} levels.", null);

    private static ScmException New(ErrorReason reason, ErrorOrigin origin, OctokitAnswer? answer, string why, Exception? cause) => ScmException.From(
        new ScmError
        {
            Reason = reason,
            Origin = origin,
            Status = answer?.Status,
            RequestId = answer?.RequestId,
            Message = answer is null ? why : $"{answer.Request}: {why}",
        },
        cause);
}
