using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways;

/// <summary>What one call knows of the renewal of its credential, so that a renewal that fails is told as the refusal that asked for it.</summary>
internal sealed class CredentialRenewal
{
    private GatewayToken? _refused;
    private ScmException? _refusal;

    /// <summary>The refusal that a new token is waited for; <see langword="null"/> before a refusal, and once there is one.</summary>
    public ScmException? Pending { get; private set; }

    /// <summary>Notes a refusal that the credential was invalidated for.</summary>
    public void Begin(GatewayToken refused, ScmException refusal) => (_refused, _refusal, Pending) = (refused, refusal, refusal);

    /// <summary>Takes the token of the next attempt; the refusal, when it is the refused one again and need not be sent.</summary>
    public ScmException? Take(GatewayToken token)
    {
        Pending = null;
        return _refused is not null && string.Equals(_refused.Value, token.Value, StringComparison.Ordinal) ? _refusal : null;
    }
}
