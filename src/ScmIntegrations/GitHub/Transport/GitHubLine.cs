using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub.Transport;

/// <summary>
/// The line every request travels, down and back up once:
/// <code>
/// ExecuteAsync        deadline → circuit → retry by the table      (Resilience/CallPipeline)
///   EnterAsync        the turn: writes one by one, so many at a time (Resilience/RequestTraffic)
///   AttemptAsync      rate-limit gate
///     HttpClient      credential → guard → socket                  (composed in DependencyInjection)
///     classifier      status, headers, body → reason, exception    (GitHubErrorClassifier)
///     reader          the body becomes the result
/// </code>
/// The gate is asked before every attempt, because another caller can close it between two. The turn is waited for before the
/// attempt's time begins, and given back when the attempt has ended, its body included.
/// </summary>
internal sealed class GitHubLine(
    Func<HttpClient> httpClient,
    GitHubHost host,
    GitHubIntegrationOptions options,
    CallPipeline calls,
    RateLimitGate gate,
    RateLimitLedger ledger,
    RateLimitReserve reserve,
    RequestTraffic traffic,
    AnswerWarnings warnings,
    TimeProvider timeProvider)
{
    private readonly RecentHttpClient _httpClient = new(httpClient, timeProvider);
    private readonly GitHubErrorClassifier _classifier = new(host, timeProvider);
    private readonly BoundedJson _json = new(options.MaxJsonDepth);

    /// <summary>The heart: sends a request with a credential, reads its answer, and throws what went wrong as one typed exception.</summary>
    /// <exception cref="ScmException">The call failed; the reason says how.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<T> ExecuteAsync<T>(GitHubRequest request, IGitHubCredential credential, ResponseReader<T> read, CancellationToken cancellationToken) =>
        HeldBack(request, credential) is { } limited && !calls.WaitsFor(limited)
            ? Task.FromException<T>(limited)
            : calls.ExecuteAsync(
                request.Operation,
                NatureOf(request),
                request,
                request.AttemptTimeout,
                token => EnterAsync(request, credential, token),
                (call, attemptToken) => AttemptAsync(request, credential, read, call, attemptToken),
                cancellationToken);

    /// <summary>
    /// Whether a limit holds the request back. It does not for a launch and its looks: of each repository's launch its own answer decides, and the
    /// launcher bounds how many of them meet a limit.
    /// </summary>
    private ScmException? HeldBack(GitHubRequest request, IGitHubCredential credential) =>
        request.IgnoresLimits ? null : gate.Check(credential.Identity, request.RateLimitResource);

    private ValueTask<RequestTurn> EnterAsync(GitHubRequest request, IGitHubCredential credential, CancellationToken cancellationToken)
    {
        // What other instances were told of limits; known at once where nothing is shared.
        var look = gate.LookAsync(credential.Identity, cancellationToken);
        return look.IsCompletedSuccessfully ? TakeTurnAsync(request, credential, cancellationToken) : LookAndTakeTurnAsync(look, request, credential, cancellationToken);
    }

    private async ValueTask<RequestTurn> LookAndTakeTurnAsync(ValueTask look, GitHubRequest request, IGitHubCredential credential, CancellationToken cancellationToken)
    {
        await look.ConfigureAwait(false);
        return await TakeTurnAsync(request, credential, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<RequestTurn> TakeTurnAsync(GitHubRequest request, IGitHubCredential credential, CancellationToken cancellationToken) =>
        HeldBack(request, credential) is { } limited
            ? ValueTask.FromException<RequestTurn>(limited)
            : traffic.EnterAsync(credential.Identity, request.Lane, request.Operation, cancellationToken);

    private async ValueTask<T> AttemptAsync<T>(
        GitHubRequest request,
        IGitHubCredential credential,
        ResponseReader<T> read,
        ResilientCall call,
        CancellationToken cancellationToken)
    {
        if (HeldBack(request, credential) is { } limited)
        {
            throw limited;
        }

        using var message = new GitHubRequestMessage(request, host, options, credential, call, gate);
        HttpResponseMessage? response = null;
        GitHubResponse? answer = null;
        var use = reserve.Of(credential.Identity, request.RateLimitResource);
        use?.Begin(request.Lane);
        try
        {
            response = await _httpClient.Get().SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            // The socket's handler says which request it has answered; what stands in for it in a test may not.
            response.RequestMessage ??= message;

            // A 401 counts against the address it came from, not against the credential.
            if (response.StatusCode is not HttpStatusCode.Unauthorized && RateLimitHeaders.Read(response, request.RateLimitResource, timeProvider.GetUtcNow()) is { } reading)
            {
                ledger.Record(credential.Identity, reading);
                reserve.Learn(credential.Identity, reading);
            }

            use?.End(request.Lane, IsCounted(response));
            use = null;
            warnings.Look(response, options.ApiVersion, credential);

            if (AnswerKind.IsError(response, request.Operation, request.IsConditional, request.AllowPartialResults))
            {
                throw await RefuseAsync(request, credential, call, response, cancellationToken).ConfigureAwait(false);
            }

            gate.Served(credential.Identity, request.RateLimitResource);
            var body = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), request.MaxBytes ?? options.MaxResponseBytes);
            answer = new GitHubResponse(response, body, _json);
            var result = await read(answer, cancellationToken).ConfigureAwait(false);
            traffic.Duration.Learn(timeProvider.GetUtcNow() - call.StartedAt);
            return result;
        }
        catch (AnswerIsErrorException refused)
        {
            throw ScmException.From(Refuse(request, credential, call, refused.Answer) with
            {
                Status = response!.StatusCode,
                Message = $"{Redaction.Clean(request.ToString())}: {refused.Message}",
            });
        }
        catch (Exception exception) when (exception is not OperationCanceledException && cancellationToken.IsCancellationRequested && TransportError.From(exception) is not null)
        {
            // A read that is cancelled can also end as a broken connection.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && TransportError.From(exception) is { } error)
        {
            call.Note(TransportConditions.Of(exception, response is not null, isCustomHost: !host.IsGitHubs));
            throw ScmException.From(
                error with
                {
                    Status = response?.StatusCode,
                    RequestId = response?.FirstHeader("X-GitHub-Request-Id"),
                    Message = $"{Redaction.Clean(request.ToString())}: {error.Message}",
                },
                exception);
        }
        finally
        {
            // Without an answer nobody knows whether it was counted, unless it was never sent.
            use?.End(request.Lane, isCounted: !call.Has(RetryCondition.CredentialUnavailable) && !call.Has(RetryCondition.BeforeSend));
            if (answer is not { IsKept: true })
            {
                response?.Dispose();
            }
        }
    }

    private static bool IsCounted(HttpResponseMessage response) =>
        response.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.Unauthorized);

    private static RetryCondition NatureOf(GitHubRequest request) =>
        (request.JustCreated ? RetryCondition.JustCreated : RetryCondition.None)
        | (request.IsAgentLaunch ? RetryCondition.AgentLaunch : RetryCondition.None)
        | (request.RateLimitResource.Equals("graphql", StringComparison.Ordinal) ? RetryCondition.GraphQL : RetryCondition.None);

    private AnswerContext Context(GitHubRequest request, IGitHubCredential credential, ResilientCall call) =>
        AnswerContext.Of(request.ToString(), request.Operation, credential.Owner, request.Path) with
        {
            IsTokenFresh = call.Has(RetryCondition.TokenFresh) && !call.HasRetried(ErrorReason.FreshToken),

            // What can be renewed is renewed. Of the rest, a token that was good before keeps its good name, and any is worth a second look.
            IsTokenTrusted = !credential.CanRenew
                && (call.Has(RetryCondition.TokenProven)
                    || (request.Operation is OperationClass.Read && options.Resilience.MaxAttempts > 1 && !call.HasRetried(ErrorReason.SeenAsAnonymous))),
        };

    private async Task<ScmException> RefuseAsync(
        GitHubRequest request,
        IGitHubCredential credential,
        ResilientCall call,
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        var (body, broken) = await ErrorBody.ReadAsync(response, options.MaxErrorBytes, cancellationToken).ConfigureAwait(false);
        if (broken is not null)
        {
            // The words that tell errors of one status apart may be in what is missing.
            call.Note(RetryCondition.BodyBroken);
        }

        return ScmException.From(Refuse(request, credential, call, new ResponseSnapshot(response, body)), broken);
    }

    private ScmError Refuse(GitHubRequest request, IGitHubCredential credential, ResilientCall call, ResponseSnapshot snapshot)
    {
        var error = _classifier.Classify(snapshot, Context(request, credential, call));
        if (error.Reason is ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit)
        {
            error = gate.Close(credential.Identity, error.RateLimitResource ?? request.RateLimitResource, error);
        }

        if (error.Reason is ErrorReason.ClockSkew && credential is AppCredential app && snapshot.Date is { } serverTime)
        {
            call.OfferRefresh(() => app.SetClock(serverTime));
        }

        request.OnErrorResponse?.Invoke(snapshot);
        return error;
    }
}
