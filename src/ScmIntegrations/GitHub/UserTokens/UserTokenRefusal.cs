using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Turns a refusal of a token endpoint into one error with a reason, whatever its status.</summary>
internal static class UserTokenRefusal
{
    // GitHub asks for at least a minute where it names no time (docs.github.com, "Rate limits for the REST API").
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    // Where the relative addresses lead that GitHub gives.
    private static readonly Uri Documentation = new("https://docs.github.com/");

    /// <summary>What the refusal means.</summary>
    /// <param name="host">The GitHub that was asked.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">Status and headers.</param>
    /// <param name="body">What the body says.</param>
    /// <param name="now">The time, by this process's clock.</param>
    public static ScmError Describe(GitHubHost host, UserTokenRequest request, HttpResponseMessage response, UserTokenErrorBody body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var asked = response.FirstHeader("Retry-After") is { } header ? WaitHeaders.RetryAfter(header, response.SentAt() ?? now) : null;
        var row = UserTokenErrorTable.Find(request.Operation, status, body, asked is not null);
        var isSlowDown = body.Word is UserTokenErrorTable.SlowDown;
        var wait = isSlowDown ? body.Interval
            : row.Reason is ErrorReason.SecondaryRateLimit or ErrorReason.ServerError ? asked
            : null;
        var isGuessed = wait is null && row.Reason is ErrorReason.SecondaryRateLimit && !isSlowDown;
        string? Clean(string? text) => text is null ? null : Redaction.Clean(text, request.Secrets);

        // A word of the table is nobody's secret, even if a secret should be part of it.
        var word = body.Word is { } known && row.Words.Contains(known, StringComparer.Ordinal) ? known : Clean(body.Word);
        var words = string.Join(": ", new[] { word, Clean(body.Message) }.OfType<string>());
        return new()
        {
            Reason = row.Reason,
            Origin = ErrorOrigin.GitHub,
            Status = response.StatusCode,
            CredentialOwner = row.Owner,
            ServiceCode = word,
            RequestId = Clean(response.FirstHeader("X-GitHub-Request-Id")),
            DocumentationUrl = PageOf(host, Clean(body.Page)),
            RetryAt = now + (isGuessed ? DefaultWait : wait),
            IsRetryAtGuessed = isGuessed,
            ValidationErrors = row.Reason is ErrorReason.ValidationFailed ? [words] : [],
            Message = $"{status.ToString(CultureInfo.InvariantCulture)} from GitHub for {request}: {(words.Length > 0 ? words : "it gave no reason.")}",
        };
    }

    private static Uri? PageOf(GitHubHost host, string? page) =>
        page is not null && Uri.TryCreate(Documentation, page, out var address) && host.IsDocumentation(address) ? address : null;
}
