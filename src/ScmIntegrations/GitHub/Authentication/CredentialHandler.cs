using System.Net.Http.Headers;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Puts the token on a request, anew for every attempt. No token, no request.</summary>
internal sealed class CredentialHandler(TimeProvider timeProvider) : DelegatingHandler
{
    // As long as GitHub's own library allows for a new token to reach all of GitHub.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request is not GitHubRequestMessage use)
        {
            throw Missing("the request came without a credential, past the client it belongs to.", null);
        }

        var token = await GetTokenAsync(use.Credential, use.Call, cancellationToken).ConfigureAwait(false);
        if (use.HeldBack() is { } limited)
        {
            // A limit was met by somebody else while this request waited for its token.
            throw limited;
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        if (use.Credential.CanRenew)
        {
            OfferRefresh(use, token);
        }

        if (token.IsProven)
        {
            use.Call.Note(RetryCondition.TokenProven);
        }
        else if (token.IssuedAt is { } issued && timeProvider.GetUtcNow() - issued < Fresh)
        {
            use.Call.Note(RetryCondition.TokenFresh);
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            token.Prove();
        }

        return response;
    }

    // Apart, so that only who can renew pays for the closure.
    private static void OfferRefresh(GitHubRequestMessage request, GitHubToken token) =>
        request.Call.OfferRefresh(() => request.Credential.Invalidate(token));

    private static async ValueTask<GitHubToken> GetTokenAsync(IGitHubCredential credential, ResilientCall call, CancellationToken cancellationToken)
    {
        // Whatever goes wrong here has had its own retries; the request itself was never sent.
        call.Note(RetryCondition.CredentialUnavailable);
        try
        {
            var token = await credential.GetTokenAsync(cancellationToken).ConfigureAwait(false)
                ?? throw Missing("the credential gave no token.", null);
            call.Forget(RetryCondition.CredentialUnavailable);
            return token;
        }
        catch (Exception exception) when (exception is not (ScmException or OperationCanceledException) && cancellationToken.IsCancellationRequested)
        {
            // Other clients have exceptions of their own for a cancelled token.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (exception is not ScmException && !cancellationToken.IsCancellationRequested)
        {
            throw Missing($"the credential {credential.Identity} could not give a token.", exception);
        }
    }

    private static ScmException Missing(string why, Exception? cause) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.CredentialMissing,
            Origin = ErrorOrigin.Client,
            CredentialOwner = CredentialOwner.Operator,
            Message = "Not sent: " + why,
        },
        cause);
}
