using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways;

/// <summary>One row of the table of a gateway's own errors: which answers it is for, and what they mean.</summary>
/// <param name="Reason">What the answer means.</param>
/// <param name="Statuses">The HTTP statuses the row is for; empty means any.</param>
internal sealed record GatewayErrorRow(ErrorReason Reason, params IReadOnlyList<int> Statuses)
{
    /// <summary>The gateway's codes the row is for, an empty one for none; no list means any.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>Whether the gateway must have said it itself, or said nothing; a stranger's word is not enough.</summary>
    public bool IsPlatformsWord { get; init; }

    /// <summary>Whether another token of ours can help.</summary>
    public bool Refreshes { get; init; }

    /// <summary>Whose credential it is about: ours towards the gateway, or the user's account behind it.</summary>
    public CredentialOwner Owner { get; init; } = CredentialOwner.Operator;

    public bool Matches(int status, GatewayErrorBody body) =>
        (Statuses.Count == 0 || Statuses.Contains(status))
        && (Codes is null || Codes.Contains(body.Code ?? "", StringComparer.Ordinal))
        && (!IsPlatformsWord || body.Speaker is ErrorSpeaker.Platform or ErrorSpeaker.Silence);
}
