using Octokit;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit.Calls;

/// <summary>One run of <see cref="IOctokitIntegrationClient.RunAsync{T}"/>: its token, which Octokit's methods do not take, and what was refused in it.</summary>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class OctokitRun(CancellationToken cancellationToken)
{
    // What Octokit's listings say instead of the answer (ApiPagination), after the address that the listing began with.
    private const string NotFound = " was not found.";
    private const int MostKept = 100;

    private readonly Queue<(string Path, ScmException Error)> _refused = [];

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Remembers an answer that was an error.</summary>
    /// <param name="endpoint">The address, as Octokit put it together.</param>
    /// <param name="error">The error.</param>
    public void Refuse(Uri endpoint, ScmException error)
    {
        lock (_refused)
        {
            _refused.Enqueue((PathOf(endpoint.OriginalString), error));
            if (_refused.Count > MostKept)
            {
                _refused.Dequeue();
            }
        }
    }

    /// <summary>
    /// Finds the error again for an exception that Octokit has made anew without its answer: of a listing by the address that it names, of another
    /// kind by the status.
    /// </summary>
    /// <returns>The error; <see langword="null"/> for an exception that somebody else has made.</returns>
    public ScmException? Find(ApiException exception)
    {
        var path = exception is NotFoundException && exception.Message.EndsWith(NotFound, StringComparison.Ordinal) ? PathOf(exception.Message[..^NotFound.Length]) : null;
        lock (_refused)
        {
            return _refused.LastOrDefault(one => one.Error.Status == exception.StatusCode && (path is null ? exception is not NotFoundException : one.Path.Equals(path, StringComparison.Ordinal))).Error;
        }
    }

    private static string PathOf(string address) => address.Split('?')[0];
}
