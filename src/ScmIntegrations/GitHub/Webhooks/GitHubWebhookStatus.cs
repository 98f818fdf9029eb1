namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>What became of a delivery.</summary>
public enum GitHubWebhookStatus
{
    /// <summary>There is no secret to verify with, so nothing is accepted. The operator has to set one.</summary>
    NoSecret,

    /// <summary>It came without <see cref="GitHubWebhookHeaders.Signature"/>: unsigned, or with the signature of SHA-1 alone.</summary>
    SignatureMissing,

    /// <summary>The signature is not <c>sha256=</c> and 64 hexadecimal digits.</summary>
    SignatureMalformed,

    /// <summary>The signature is of another body or another secret.</summary>
    SignatureWrong,

    /// <summary>The body is larger than <see cref="GitHubWebhookReceiver.BodyLimit"/>.</summary>
    BodyTooLarge,

    /// <summary>The body could not be read to its end, is no JSON object, or lacks what its event cannot be without.</summary>
    BodyUnreadable,

    /// <summary>It came without the name of an event.</summary>
    EventMissing,

    /// <summary>It is GitHub's, and its event is there.</summary>
    Accepted,
}
