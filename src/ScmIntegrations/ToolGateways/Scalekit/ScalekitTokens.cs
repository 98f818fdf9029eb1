using System.Text;
using ScmIntegrations.Errors;

namespace ScmIntegrations.ToolGateways.Scalekit;

/// <summary>Trades the service's client credentials for a token, without any token on the request.</summary>
internal sealed class ScalekitTokens(string clientId, string clientSecret, TimeProvider timeProvider)
{
    private readonly byte[] _form = Encoding.ASCII.GetBytes(
        $"grant_type=client_credentials&client_id={Uri.EscapeDataString(clientId)}&client_secret={Uri.EscapeDataString(clientSecret)}");

    /// <summary>Gets a token.</summary>
    /// <exception cref="ScmException">There is none to be had. Whatever the endpoint answered, it is the operator's trouble, and no statement about an account.</exception>
    public async Task<GatewayToken> ObtainAsync(GatewayLine line, CancellationToken cancellationToken)
    {
        var operation = ScalekitOperations.GetToken;
        var request = new GatewayRequest(operation.Method, operation.Path)
        {
            Operation = operation.Class,
            Nature = operation.Nature,
            Body = _form,
            ContentType = "application/x-www-form-urlencoded",
            Secrets = [clientSecret],
        };
        var askedAt = timeProvider.GetUtcNow();
        try
        {
            return (await line.ExecuteAsync(request, null, ScalekitJsonContext.Default.ScalekitTokenAnswer, cancellationToken).ConfigureAwait(false)).ToToken(askedAt);
        }
        catch (ScmException refused) when (IsRefusal(refused.Error))
        {
            throw ScmException.From(
                refused.Error with
                {
                    Reason = (int?)refused.Status is 400 or 401 or 403 ? ErrorReason.BadCredentials : ErrorReason.CredentialMissing,
                    Origin = ErrorOrigin.Platform,
                    CredentialOwner = CredentialOwner.Operator,
                    Provider = null,
                    Message = $"Scalekit gave the service no token for its client id and secret. {refused.Message}",
                },
                refused);
        }
    }

    /// <summary>Whether the endpoint said no, rather than "later" or nothing that could be read.</summary>
    private static bool IsRefusal(ScmError error) =>
        (int?)error.Status is >= 300 and < 500 && error.Reason is not (ErrorReason.SecondaryRateLimit or ErrorReason.Transport or ErrorReason.UnreadableResponse or ErrorReason.ResponseTooLarge);
}
