using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways;

/// <summary>Gives the token for a request to a gateway. Asked before every attempt, by many callers at once.</summary>
internal interface IGatewayCredential
{
    /// <summary>The token to send. A call is sent again after a refusal only when this is then another one.</summary>
    /// <param name="cancellationToken">Ends this caller's wait, nobody else's.</param>
    /// <exception cref="ScmException">No token could be had; the request is then not sent.</exception>
    ValueTask<GatewayToken> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Says that the gateway refused a token. Only the one now in use is dropped, so a late complaint about an old one does no harm.</summary>
    void Invalidate(GatewayToken token);
}
