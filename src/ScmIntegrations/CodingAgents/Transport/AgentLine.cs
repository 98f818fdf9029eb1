using System.Text.Json.Serialization.Metadata;
using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>
/// The line every request to an agent's own service travels, down and back up once:
/// <code>
/// ExecuteAsync        deadline → circuit → retry by the table      (Resilience/CallPipeline)
///   HttpClient        credential → guard → socket                  (composed in DependencyInjection)
///   classifier        code or status → reason, exception           (the agent's rows, then AgentErrorTable)
///   reader            the body becomes the result                  (Http/JsonAttempt)
/// </code>
/// A further agent brings an <see cref="AgentService"/> and uses it as it is.
/// </summary>
internal sealed class AgentLine(AgentService service, AgentBounds bounds, CallPipeline calls, Func<HttpClient> httpClient, TimeProvider timeProvider)
{
    private readonly RecentHttpClient _httpClient = new(httpClient, timeProvider);
    private readonly JsonAttempt _attempt = new(bounds.MaxResponseBytes, bounds.MaxJsonDepth, service.Owner);

    /// <summary>Sends a request and reads its answer, and throws what went wrong as one typed exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">What the answer is; <see langword="null"/> when nobody wants to know.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ScmException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<T> ExecuteAsync<T>(AgentRequest request, JsonTypeInfo<T>? answer, CancellationToken cancellationToken) =>
        calls.ExecuteAsync(
            request.Operation,
            RetryCondition.AgentService | (request.IsLaunch ? RetryCondition.AgentLaunch : RetryCondition.None),
            request,
            request.IsLaunch ? bounds.LaunchTimeout : null,
            enter: null,
            (call, attemptToken) => AttemptAsync(request, answer, call, attemptToken),
            cancellationToken);

    /// <summary>Sends a request whose answer nobody wants to know.</summary>
    public Task ExecuteAsync(AgentRequest request, CancellationToken cancellationToken) => ExecuteAsync<object>(request, null, cancellationToken);

    private async ValueTask<T> AttemptAsync<T>(AgentRequest request, JsonTypeInfo<T>? answer, ResilientCall call, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(service.Address);
        return await _attempt.SendAsync(_httpClient.Get(), message, answer, (response, token) => RefuseAsync(request, call, response, token), call, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ScmException> RefuseAsync(AgentRequest request, ResilientCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (bytes, broken) = await ErrorBody.ReadAsync(response, bounds.MaxErrorBytes, cancellationToken).ConfigureAwait(false);
        if (broken is not null)
        {
            // The words that tell errors of one status apart may be in what is missing.
            call.Note(RetryCondition.BodyBroken);
        }

        var body = AgentErrorReader.Read(bytes, service.Secrets);
        return ScmException.From(AgentErrorClassifier.Classify(service, request, response, body, timeProvider.GetUtcNow()), broken);
    }
}
