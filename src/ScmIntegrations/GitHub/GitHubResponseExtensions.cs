using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub;

/// <summary>What a response that came over a client's handler means.</summary>
public static class GitHubResponseExtensions
{
    internal static readonly HttpRequestOptionsKey<ScmException> Error = new("ScmIntegrations.Error");

    /// <summary>
    /// The error that a response stands for, where it came from <see cref="IGitHubIntegrationClientFactory.CreateHandler"/> or
    /// <see cref="IGitHubIntegrationClientFactory.CreateInstallationHandler"/>: what the client's own calls would have thrown, after the same retries. Not
    /// only statuses from 400 up are errors: a read that is answered 202 has no result yet, and a redirect that was not followed has none either.
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
