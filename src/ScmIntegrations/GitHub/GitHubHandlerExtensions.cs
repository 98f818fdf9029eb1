using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub;

/// <summary>
/// What another client can tell a client's handler (<see cref="IGitHubIntegrationClientFactory.CreateHandler"/>,
/// <see cref="IGitHubIntegrationClientFactory.CreateInstallationHandler"/>) with a request, and what the handler tells with the response.
/// </summary>
public static class GitHubHandlerExtensions
{
    internal static readonly HttpRequestOptionsKey<bool> JsonIsDue = new("ScmIntegrations.JsonIsDue");
    internal static readonly HttpRequestOptionsKey<ScmException> Error = new("ScmIntegrations.Error");

    /// <summary>
    /// Has the handler look into a success before it gives it back: JSON has to be sound and no deeper than
    /// <see cref="GitHubIntegrationOptions.MaxJsonDepth"/>, a page of HTML is not what was due, and neither is nothing at all for a read. What is not is
    /// an attempt that failed, as with the client's own calls: the retry table decides about it, and it ends as a <see cref="ScmUnreadableResponseException"/>.
    /// </summary>
    /// <param name="request">The request. What it stands for is due as JSON; another type, such as plain text, is let through.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    public static void ExpectJson(this HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(JsonIsDue, true);
    }

    /// <summary>
    /// The error that a response stands for: what the client's own calls would have thrown, after the same retries. Not only statuses from 400 up are
    /// errors: a read that is answered 202 has no result yet, and a redirect that was not followed has none either.
    /// </summary>
    /// <param name="response">The response, with the request that the handler left on it.</param>
    /// <returns>The error, to be thrown or looked at; <see langword="null"/> for an answer that is none, and for a response that came another way.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public static ScmException? GetScmException(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RequestMessage is { } request && request.Options.TryGetValue(Error, out var error) ? error : null;
    }
}
