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
            RequestId = response.Header("X-GitHub-Request-Id") is { } id ? Redaction.Clean(id) : null,
            DocumentationUrl = Uri.TryCreate(body.DocumentationUrl, UriKind.Absolute, out var page) && string.Equals(page.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? page : null,
            RetryAt = RetryAt(response, reason),
            RateLimitResource = response.Header("x-ratelimit-resource"),
            AcceptedPermissions = response.Header("X-Accepted-GitHub-Permissions"),
            ValidationErrors = body.Errors,
            CredentialOwner = owner,
        };
    }

    private DateTimeOffset? RetryAt(ResponseSnapshot response, ErrorReason reason) => reason switch
    {
        ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit => RateLimitHeaders.RetryAt(response, timeProvider.GetUtcNow()),
        ErrorReason.ServerError => RateLimitHeaders.AskedRetryAt(response, timeProvider.GetUtcNow()),
        _ => null,
    };
}
