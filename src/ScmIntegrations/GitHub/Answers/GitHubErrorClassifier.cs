using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>Turns status, headers and body into one error with a reason.</summary>
internal sealed class GitHubErrorClassifier(GitHubHost host, TimeProvider timeProvider)
{
    // "If neither header is present, wait for at least one minute" (docs.github.com, best practices for the REST API).
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>What the answer means.</summary>
    public ScmError Classify(ResponseSnapshot response, AnswerContext context)
    {
        var answer = new AnswerFacts(response, context);
        var reason = GitHubErrorTable.Rows.First(row => row.Matches(answer)).Reason;
        var now = timeProvider.GetUtcNow();
        var wait = Wait(response, reason, now);
        var isGuessed = wait is null && IsLimit(reason);
        return new ScmError
        {
            Reason = reason,
            Origin = ErrorOrigin.GitHub,
            Status = response.Status,
            Message = $"{answer.Status} for {context.Request}: {answer.Body.Message ?? "GitHub gave no message."}",
            RequestId = CleanHeader(response, "X-GitHub-Request-Id"),
            DocumentationUrl = Uri.TryCreate(answer.Body.DocumentationUrl, UriKind.Absolute, out var page) && host.IsDocumentation(page) ? page : null,
            RetryAt = now + (isGuessed ? DefaultWait : wait),
            IsRetryAtGuessed = isGuessed,
            FixUrl = FixPage.Find(reason, answer, context, host),
            RateLimitResource = CleanHeader(response, "x-ratelimit-resource"),
            AcceptedPermissions = CleanHeader(response, "X-Accepted-GitHub-Permissions"),
            ValidationErrors = answer.Body.Errors,
            CredentialOwner = context.Owner,
        };
    }

    private static bool IsLimit(ErrorReason reason) => reason is ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit;

    private static TimeSpan? Wait(ResponseSnapshot response, ErrorReason reason, DateTimeOffset now) =>
        IsLimit(reason) ? RateLimitHeaders.Wait(response, now)
        : reason is ErrorReason.ServerError or ErrorReason.NotReady or ErrorReason.LoginLockedOut ? RateLimitHeaders.AskedWait(response, now)
        : null;

    private static string? CleanHeader(ResponseSnapshot response, string name) =>
        response.Header(name) is { } value && Redaction.Clean(value) is { Length: > 0 } clean ? clean : null;
}
