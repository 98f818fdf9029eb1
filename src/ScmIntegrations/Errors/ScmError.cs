using System.Net;

namespace ScmIntegrations.Errors;

/// <summary>The facts of an error: what every <see cref="ScmException"/> carries. Holds no secret.</summary>
public sealed record ScmError
{
    /// <summary>What happened, in a sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>What the answer means.</summary>
    public required ErrorReason Reason { get; init; }

    /// <summary>Who said it.</summary>
    public required ErrorOrigin Origin { get; init; }

    /// <summary>The HTTP status of the answer, for a relayed error the provider's; <see langword="null"/> when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>GitHub's id of the request (<c>X-GitHub-Request-Id</c>), for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>The page that GitHub names for the error.</summary>
    public Uri? DocumentationUrl { get; init; }

    /// <summary>When asking again can help, in the clock of the caller; <see langword="null"/> when waiting does not help or is not known to.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Where a person can put it right. Always https, and on the web address of the GitHub that was asked.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>The rate-limit resource the answer counted against (<c>x-ratelimit-resource</c>), for example <c>core</c>.</summary>
    public string? RateLimitResource { get; init; }

    /// <summary>
    /// What the endpoint accepts (<c>X-Accepted-GitHub-Permissions</c>): alternatives separated by a semicolon,
    /// of each of which every comma-separated permission is needed.
    /// </summary>
    public string? AcceptedPermissions { get; init; }

    /// <summary>
    /// What the credential has: the installation's permissions by name (<c>contents</c>) with their level (<c>read</c>,
    /// <c>write</c>, <c>admin</c>); <see langword="null"/> when that is not known.
    /// </summary>
    public IReadOnlyDictionary<string, string>? GrantedPermissions { get; init; }

    /// <summary>The single complaints of a refused request, as GitHub words them.</summary>
    public IReadOnlyList<string> ValidationErrors { get; init; } = [];

    /// <summary>Whose credential the call used.</summary>
    public CredentialOwner CredentialOwner { get; init; }

    /// <summary>What a tool gateway relayed; <see langword="null"/> unless <see cref="Origin"/> is <see cref="ErrorOrigin.Provider"/>.</summary>
    public ProviderAnswer? Provider { get; init; }

    /// <summary>Whether a write was sent that must not be sent twice, and nobody knows whether it was carried out.</summary>
    public bool IsFateUnknown { get; init; }

    /// <summary>Whether the call was not tried again only because the budget of retries was used up.</summary>
    public bool IsRetryBudgetExhausted { get; init; }

    /// <summary>The number of the row in <c>docs/retry-table.md</c> that decided about the call; <see langword="null"/> when no call was made.</summary>
    public string? Rule { get; init; }

    /// <summary>
    /// Whether the same call can succeed later without anybody acting. <see langword="false"/> while <see cref="IsFateUnknown"/>:
    /// what may have been done must not be done again.
    /// </summary>
    public bool IsTransient => !IsFateUnknown && ReasonTable.Find(Reason).IsTransient;

    /// <summary>
    /// Whether the error is something that happens, so that an interaction halts, or something that somebody should look at, so
    /// that it fails. A refused credential is expected of a customer's, not of the operator's; a relayed error is expected when
    /// the provider's status is 4xx.
    /// </summary>
    public bool IsExpected => Origin is ErrorOrigin.Provider
        ? (int?)Status is >= 400 and < 500
        : ReasonTable.Find(Reason).Expectation switch
        {
            Expectation.Expected => true,
            Expectation.ExpectedOfCustomer => CredentialOwner is CredentialOwner.Customer,
            _ => false,
        };

    /// <summary>Whose turn it is to act.</summary>
    public ActionOwner Acts => ReasonTable.Find(Reason) is { Expectation: Expectation.ExpectedOfCustomer } && CredentialOwner is CredentialOwner.Operator
        ? ActionOwner.Operator
        : ReasonTable.Find(Reason).Acts;

    /// <summary>What they do, in a sentence or two.</summary>
    public string Advice => ReasonTable.Find(Reason) is { AdviceElsewhere: { } elsewhere } && Origin is not ErrorOrigin.GitHub ? elsewhere : ReasonTable.Find(Reason).Advice;

    /// <summary>
    /// An error of which only the reason matters, for tests that throw what production throws: <c>throw ScmException.From(ScmError.For(reason))</c>.
    /// What it says, who says it and with which status are the usual ones; change them by <c>with</c>.
    /// </summary>
    /// <param name="reason">What the answer means.</param>
    /// <returns>The facts.</returns>
    /// <example><code>
    /// throw ScmException.From(ScmError.For(ErrorReason.SecondaryRateLimit) with { RetryAt = time.GetUtcNow().AddMinutes(1) });
    /// </code></example>
    public static ScmError For(ErrorReason reason)
    {
        var (origin, status) = UsualAnswers.Of(reason);
        return new() { Reason = reason, Origin = origin, Status = status, Message = $"{reason.ToName()}: {ReasonTable.Find(reason).Advice}" };
    }

    /// <summary>Whether <see cref="RetryAt"/> is a guess, because the answer named no time that can be used.</summary>
    internal bool IsRetryAtGuessed { get; init; }

    /// <summary>The code that a coding agent's service gave, or the word of GitHub's token endpoint; <see langword="null"/> when there is none.</summary>
    internal string? ServiceCode { get; init; }

    /// <summary>Whether the answer was in a form of the service's own errors, a coding agent's or a tool gateway's, and not anybody's on the way.</summary>
    internal bool IsServicesWord { get; init; }
}
