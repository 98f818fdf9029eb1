using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.ToolGateways;

/// <summary>The credential as one call uses it: a token for every attempt, and what became of the renewal that a refusal asked for.</summary>
/// <param name="credential">Gives the tokens; <see langword="null"/> for a call that goes without.</param>
internal sealed class CallCredential(IGatewayCredential? credential)
{
    private GatewayToken? _refused;
    private ScmException? _refusal;

    /// <summary>The token of the attempt under way.</summary>
    public GatewayToken? Sent { get; private set; }

    /// <summary>The refusal that a new token is waited for; <see langword="null"/> before a refusal, and once there is a token.</summary>
    public ScmException? Pending { get; private set; }

    /// <summary>Gets the token of the next attempt.</summary>
    /// <exception cref="ScmException">There is none, or it is the refused one again: the request is then not sent.</exception>
    public async ValueTask<GatewayToken?> GetTokenAsync(ResilientCall call, CancellationToken cancellationToken)
    {
        if (credential is null)
        {
            return null;
        }

        // Whatever goes wrong here has had its own retries; the request itself was never sent.
        call.Note(RetryCondition.CredentialUnavailable);
        Sent = await AskAsync(credential, cancellationToken).ConfigureAwait(false);
        call.Forget(RetryCondition.CredentialUnavailable);
        Pending = null;
        return _refused is not null && string.Equals(_refused.Value, Sent.Value, StringComparison.Ordinal) ? throw _refusal! : Sent;
    }

    /// <summary>Lets the call drop the token it has sent, and ask for another one.</summary>
    public void OfferRefresh(ResilientCall call, ScmException refusal)
    {
        if (credential is not null && Sent is { } sent)
        {
            call.OfferRefresh(() =>
            {
                credential.Invalidate(sent);
                (_refused, _refusal, Pending) = (sent, refusal, refusal);
            });
        }
    }

    private static async ValueTask<GatewayToken> AskAsync(IGatewayCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            return await credential.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (ScmException or OperationCanceledException) && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (exception is not ScmException && !cancellationToken.IsCancellationRequested)
        {
            throw ScmException.From(
                new ScmError
                {
                    Reason = ErrorReason.CredentialMissing,
                    Origin = ErrorOrigin.Client,
                    CredentialOwner = CredentialOwner.Operator,
                    Message = "Not sent: the gateway's credential could not give a token.",
                },
                exception);
        }
    }
}
