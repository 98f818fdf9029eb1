using System.Net;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>Tells an answer from an error: a success can be "still computing", or a list with parts left out.</summary>
internal static class AnswerKind
{
    public static bool IsError(HttpResponseMessage response, OperationClass operation, bool isConditional, bool allowPartialResults) => response.StatusCode switch
    {
        HttpStatusCode.NotModified => !isConditional,
        HttpStatusCode.Accepted when operation is OperationClass.Read => true,
        _ => !response.IsSuccessStatusCode || (!allowPartialResults && LeftOut(response) is not null),
    };

    /// <summary>What a list leaves out, because organisations want single sign-on; <see langword="null"/> when it is whole.</summary>
    public static string? LeftOut(HttpResponseMessage response) =>
        response.FirstHeader("X-GitHub-SSO") is { } sso && sso.StartsWith("partial-results", StringComparison.OrdinalIgnoreCase) ? sso : null;
}
