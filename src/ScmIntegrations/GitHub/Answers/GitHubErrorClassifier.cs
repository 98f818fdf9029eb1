using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>Turns status, headers and body into one error with a reason.</summary>
internal sealed class GitHubErrorClassifier(TimeProvider timeProvider)
{
    /// <summary>What the answer means.</summary>
    public ScmError Classify(ResponseSnapshot response, GitHubRequest request, CredentialOwner owner)
    {
        var body = GitHubErrorBody.Read(response.Body);
        var reason = GitHubErrorTable.Rows.First(row => row.Matches(response, body)).Reason;
        return new ScmError
        {
            Reason = reason,
            Origin = ErrorOrigin.GitHub,
            Status = response.Status,
            Message = $"{(int)response.Status} for {Redaction.Clean(request.ToString())}: {body.Message ?? "GitHub gave no message."}",
            RequestId = CleanHeader(response, "X-GitHub-Request-Id"),
            DocumentationUrl = Uri.TryCreate(body.DocumentationUrl, UriKind.Absolute, out var page) && string.Equals(page.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? page : null,
            RetryAt = RetryAt(response, reason),
            RateLimitResource = CleanHeader(response, "x-ratelimit-resource"),
            AcceptedPermissions = CleanHeader(response, "X-Accepted-GitHub-Permissions"),
            ValidationErrors = body.Errors,
            CredentialOwner = owner,
        };
    }

    private static string? CleanHeader(ResponseSnapshot response, string name) =>
        response.Header(name) is { } value ? Redaction.Clean(value) : null;

    private DateTimeOffset? RetryAt(ResponseSnapshot response, ErrorReason reason) => reason switch
    {
        ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit => RateLimitHeaders.RetryAt(response, timeProvider.GetUtcNow()),
        ErrorReason.ServerError => RateLimitHeaders.AskedRetryAt(response, timeProvider.GetUtcNow()),
        _ => null,
    };
}
