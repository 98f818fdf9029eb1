using Octokit;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit;

/// <summary>Tells what Octokit's exceptions mean.</summary>
public static class ApiExceptionExtensions
{
    /// <summary>
    /// The same error as this library would have thrown it. Of an exception that came over a client's line it is what the line found, retries
    /// and all; of any other it is read from status, headers and body.
    /// </summary>
    /// <param name="exception">Octokit's exception.</param>
    /// <param name="apiAddress">The API that answered, for an exception of another line; <see langword="null"/> for github.com's.</param>
    /// <param name="timeProvider">The clock that waits are counted by, for an exception of another line; <see langword="null"/> for the system's.</param>
    /// <returns>The error, with <paramref name="exception"/> as its <see cref="Exception.InnerException"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public static ScmException ToScmException(this ApiException exception, Uri? apiAddress = null, TimeProvider? timeProvider = null)
    {
        throw new NotImplementedException();
    }
}
