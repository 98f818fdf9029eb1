using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>The error of an answer that was a success and cannot be used.</summary>
internal static class Unreadable
{
    /// <summary>The body is not what was due.</summary>
    public static ScmException Shape(OctokitAnswer? answer, string why) => ScmException.From(new ScmError
    {
        Reason = ErrorReason.UnreadableResponse,
        Origin = ErrorOrigin.GitHub,
        Status = answer?.Status,
        RequestId = answer?.RequestId,
        Message = Redaction.Clean(answer is null ? why : $"{answer.Request}: {why}"),
    });
}
