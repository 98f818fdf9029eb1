using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>What became of a delivery: its event, or why there is none.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Message">A sentence for a log or an answer. Holds neither secret nor signature.</param>
/// <param name="Event">The event; <see langword="null"/> unless it was accepted.</param>
public sealed record CursorWebhookResult(CursorWebhookStatus Status, string Message, CursorStatusChange? Event = null)
{
    /// <summary>Whether the delivery is Cursor's, new, and its event is there. Anything else must have no effect.</summary>
    [MemberNotNullWhen(true, nameof(Event))]
    public bool IsAccepted => Status is CursorWebhookStatus.Accepted && Event is not null;

    /// <summary>Whether it came before.</summary>
    public bool IsReplay => Status is CursorWebhookStatus.Replayed;

    /// <summary>The HTTP status to answer with.</summary>
    /// <value>204 for what is accepted, ignored or came before, 403 without a secret or for a signature, 413 for a body that is too large, 400 else.</value>
    public int HttpStatus => Status switch
    {
        CursorWebhookStatus.Accepted or CursorWebhookStatus.Ignored or CursorWebhookStatus.Replayed => 204,
        CursorWebhookStatus.NoSecret or CursorWebhookStatus.SignatureMissing or CursorWebhookStatus.SignatureMalformed or CursorWebhookStatus.SignatureWrong => 403,
        CursorWebhookStatus.BodyTooLarge => 413,
        _ => 400,
    };

    /// <summary>What the delivery is remembered by.</summary>
    internal DeliveryMark? Mark { get; init; }
}
