namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>What became of a delivery.</summary>
public enum CursorWebhookStatus
{
    /// <summary>There is no secret to verify with, so nothing is accepted. The operator has to set one.</summary>
    NoSecret,

    /// <summary>It came without <see cref="CursorWebhookHeaders.Signature"/>.</summary>
    SignatureMissing,

    /// <summary>The signature is not 64 hexadecimal digits, with or without <c>sha256=</c>.</summary>
    SignatureMalformed,

    /// <summary>The signature is of another body or another secret.</summary>
    SignatureWrong,

    /// <summary>The body is larger than <see cref="CursorWebhookReceiver.MaxBodyBytes"/>.</summary>
    BodyTooLarge,

    /// <summary>The body could not be read to its end, is no JSON object, or lacks the agent's id or status.</summary>
    BodyUnreadable,

    /// <summary>It is Cursor's, and no change of a status that concerns a repository on github.com. Nothing is to be done.</summary>
    Ignored,

    /// <summary>It is Cursor's, and was accepted before, or is too old, or dated too far ahead, to tell. Nothing is to be done.</summary>
    Replayed,

    /// <summary>It is Cursor's, and its event is there.</summary>
    Accepted,
}
