using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>What became of a delivery: its event, or why there is none.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Message">A sentence for a log or an answer. Holds neither secret nor signature.</param>
/// <param name="Event">The event; <see langword="null"/> unless it was accepted.</param>
public sealed record GitHubWebhookResult(GitHubWebhookStatus Status, string Message, GitHubWebhookEvent? Event = null)
{
    /// <summary>Whether the delivery is GitHub's and its event is there. Anything else must have no effect.</summary>
    [MemberNotNullWhen(true, nameof(Event))]
    public bool IsAccepted => Status is GitHubWebhookStatus.Accepted && Event is not null;

    /// <summary>The HTTP status to answer with.</summary>
    /// <value>202 for an accepted delivery, 503 without a secret, 401 for a signature, 413 for a body that is too large, 400 else.</value>
    public int HttpStatus => Status switch
    {
        GitHubWebhookStatus.Accepted => 202,
        GitHubWebhookStatus.NoSecret => 503,
        GitHubWebhookStatus.SignatureMissing or GitHubWebhookStatus.SignatureMalformed or GitHubWebhookStatus.SignatureWrong => 401,
        GitHubWebhookStatus.BodyTooLarge => 413,
        _ => 400,
    };
}
