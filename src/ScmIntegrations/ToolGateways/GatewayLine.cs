using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// The line every request to a gateway travels, down and back up once:
/// <code>
/// ExecuteAsync        deadline → circuit → retry by the table      (Resilience/CallPipeline)
///   AttemptAsync      credential, anew for every attempt           (CallCredential)
///     HttpClient      guard → socket                               (composed in DependencyInjection)
///     classifier      provider or platform, reason, exception      (GatewayErrorReader, GatewayErrorClassifier)
///     reader          the body becomes the result                  (Http/JsonAttempt)
/// </code>
/// The circuit is the gateway's own, and counts nothing that a provider said.
/// </summary>
internal sealed class GatewayLine(Func<HttpClient> httpClient, GatewayOptions options, CallPipeline calls, TimeProvider timeProvider, GatewayLog log)
{
    private readonly RecentHttpClient _httpClient = new(httpClient, timeProvider);
    private readonly JsonAttempt _attempt = new(options.MaxResponseBytes, options.MaxJsonDepth, CredentialOwner.Operator);

    /// <summary>The heart: sends a request with a credential, reads its answer, and throws what went wrong as one typed exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="credential">Gives the token; <see langword="null"/> for the request that gets one.</param>
    /// <param name="answer">What the answer is; <see langword="null"/> when nobody wants to know.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ScmException">The call failed; an <see cref="IProviderError"/> when a provider did.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> ExecuteAsync<T>(GatewayRequest request, IGatewayCredential? credential, JsonTypeInfo<T>? answer, CancellationToken cancellationToken)
    {
        var use = new CallCredential(credential);
        try
        {
            return await calls.ExecuteAsync(
                request.Operation,
                request.Nature,
                request,
                request.AttemptTimeout,
                enter: null,
                (call, attemptToken) => AttemptAsync(request, use, answer, call, attemptToken),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException failed) when (use.Pending is not null)
        {
            // No token came in the place of the refused one. What the caller has to know is the refusal.
            throw ScmException.From(use.Pending!.Error with { Rule = failed.Error.Rule }, failed);
        }
    }

    private async ValueTask<T> AttemptAsync<T>(GatewayRequest request, CallCredential credential, JsonTypeInfo<T>? answer, ResilientCall call, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(options.Address, await credential.GetTokenAsync(call, cancellationToken).ConfigureAwait(false));
        return await _attempt.SendAsync(_httpClient.Get(), message, answer, (response, token) => RefuseAsync(request, credential, call, response, token), call, cancellationToken, request.MayBeEmpty).ConfigureAwait(false);
    }

    private async Task<ScmException> RefuseAsync(
        GatewayRequest request,
        CallCredential credential,
        ResilientCall call,
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        var (bytes, broken) = await ErrorBody.ReadAsync(response, options.MaxErrorBytes, cancellationToken).ConfigureAwait(false);
        var sent = SentSecrets.Of(credential.Sent, request.Secrets);
        var body = GatewayErrorReader.Read(bytes, broken is null, sent);
        var refusal = ScmException.From(GatewayErrorClassifier.Classify(request, response, body, sent, timeProvider.GetUtcNow()), broken);
        if (body.Trouble is { } trouble)
        {
            log.NotRead(request, (int)response.StatusCode, body.Speaker, trouble);
        }

        if (body.Speaker is ErrorSpeaker.Unintelligible)
        {
            call.Note(RetryCondition.ErrorUnreadable);
        }

        if (body.Provider is null && GatewayErrorTable.Find((int)response.StatusCode, body).Refreshes)
        {
            credential.OfferRefresh(call, refusal);
        }

        return refusal;
    }
}
