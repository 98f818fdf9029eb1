using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Calls;
using ScmIntegrations.Octokit.Transport;

namespace ScmIntegrations.Octokit;

/// <summary>Tells what Octokit's exceptions mean.</summary>
public static class ApiExceptionExtensions
{
    /// <summary>
    /// The same error as this library would have thrown it. Of an exception that came over a client's line it is what the line found, retries
    /// and all; of any other it is read from status, headers and body, as <see cref="GitHub.GitHubAnswer"/> reads them.
    /// </summary>
    /// <param name="exception">Octokit's exception.</param>
    /// <param name="apiAddress">The API that answered, for an exception of another line; <see langword="null"/> for github.com's.</param>
    /// <param name="timeProvider">The clock that waits are counted by, for an exception of another line; <see langword="null"/> for the system's.</param>
    /// <returns>The error, with <paramref name="exception"/> as its <see cref="Exception.InnerException"/>. An exception of another line prints its body in its own <c>ToString</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiAddress"/> is not absolute.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public static ScmException ToScmException(this ApiException exception, Uri? apiAddress = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var error = exception.HttpResponse is OctokitResponse { Error: { } found } ? found.Error : ForeignException.Read(exception, apiAddress, timeProvider);
        return ScmException.From(error, exception);
    }

    /// <summary>The error of an exception that was thrown in a run.</summary>
    internal static ScmException Translate(ApiException exception, OctokitRun run) =>
        exception.HttpResponse is null && run.Find(exception) is { } refused ? ScmException.From(refused.Error, exception) : exception.ToScmException();
}
