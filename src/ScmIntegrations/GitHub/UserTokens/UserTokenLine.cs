using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>
/// The line every request to a token endpoint travels, down and back up once:
/// <code>
/// ExecuteAsync        deadline → circuit → retry by the table      (Resilience/CallPipeline)
///   HttpClient        guard → socket                               (composed in DependencyInjection)
///   refusal           word or status → reason, exception           (UserTokenErrorTable), in a 200 as well
///   reader            the body becomes the result                  (Http/JsonAttempt)
/// </code>
/// </summary>
internal sealed class UserTokenLine(GitHubHost host, GitHubUserTokenOptions options, CallPipeline calls, Func<HttpClient> httpClient, TimeProvider timeProvider)
{
    private const int MaxErrorBytes = 64 * 1024;
    private const int MaxJsonDepth = 64;

    private readonly RecentHttpClient _httpClient = new(httpClient, timeProvider);
    private readonly JsonAttempt _attempt = new(options.MaxResponseBytes, MaxJsonDepth, CredentialOwner.Operator, ErrorOrigin.GitHub, isCustomHost: !host.IsGitHubs);

    /// <summary>Sends a request and reads its answer, and throws what went wrong as one typed exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Makes the result of the body, and of the time at which it was asked for.</param>
    /// <param name="isStillOurs">Looks whether the token that is traded is still the one in the store; <see langword="null"/> when nobody can look.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ScmException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<T> ExecuteAsync<T>(UserTokenRequest request, Func<JsonElement, DateTimeOffset, T> read, Func<CancellationToken, ValueTask<bool>>? isStillOurs, CancellationToken cancellationToken) =>
        calls.ExecuteAsync(
            request.Operation,
            RetryCondition.None,
            request,
            attemptTimeout: null,
            enter: null,
            (call, attemptToken) => AttemptAsync(request, read, isStillOurs, call, attemptToken),
            cancellationToken);

    private async ValueTask<T> AttemptAsync<T>(
        UserTokenRequest request,
        Func<JsonElement, DateTimeOffset, T> read,
        Func<CancellationToken, ValueTask<bool>>? isStillOurs,
        ResilientCall call,
        CancellationToken cancellationToken)
    {
        call.AfterFailure = isStillOurs is null ? null : (error, callToken) => LookAsync(call, error, isStillOurs, callToken);
        var askedAt = timeProvider.GetUtcNow();
        using var message = request.ToMessage(host.WebAddress, options.UserAgent);
        return await _attempt.SendAsync(
            _httpClient.Get(),
            message,
            GitHubJson.Default.JsonElement,
            (response, answer) => UserTokenErrorBody.Read(answer) is { Word: not null } refusal
                ? throw ScmException.From(UserTokenRefusal.Describe(host, request, response, refusal, timeProvider.GetUtcNow()))
                : read(answer, askedAt),
            (response, token) => RefuseAsync(request, call, response, token),
            call,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<ScmException> RefuseAsync(UserTokenRequest request, ResilientCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (bytes, broken) = await ErrorBody.ReadAsync(response, MaxErrorBytes, cancellationToken).ConfigureAwait(false);
        if (broken is not null)
        {
            call.Note(RetryCondition.BodyBroken);
        }

        return ScmException.From(UserTokenRefusal.Describe(host, request, response, UserTokenErrorBody.Read(bytes), timeProvider.GetUtcNow()), broken);
    }

    /// <summary>Looks only where nobody knows what became of the request.</summary>
    private static async ValueTask LookAsync(ResilientCall call, ScmException error, Func<CancellationToken, ValueTask<bool>> isStillOurs, CancellationToken cancellationToken)
    {
        try
        {
            if (call.Row(error).IsFateUnknown && await isStillOurs(cancellationToken).ConfigureAwait(false))
            {
                call.Note(RetryCondition.RefreshTokenUnchanged);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Who could not look does not know, so nothing is sent again. What surfaces is what happened to the request.
        }
    }
}
