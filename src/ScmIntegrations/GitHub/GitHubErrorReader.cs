using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub;

/// <summary>
/// Reads what an error of GitHub's means, for code that has it from another client. One that came over a client's own handler has been read:
/// <see cref="GitHubResponseExtensions.GetScmException"/>. Safe for concurrent use.
/// </summary>
/// <param name="apiAddress">The API that answered; pages that an error leads to stand on its web address.</param>
/// <param name="timeProvider">The clock that waits are counted by.</param>
/// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
public sealed class GitHubErrorReader(Uri apiAddress, TimeProvider timeProvider)
{
    private readonly GitHubErrorClassifier _classifier = new(
        new GitHubHost(apiAddress ?? throw new ArgumentNullException(nameof(apiAddress))),
        timeProvider ?? throw new ArgumentNullException(nameof(timeProvider)));

    /// <summary>The error that a response stands for. What takes more than one answer to know, such as the permissions that an installation has, stays unknown.</summary>
    /// <param name="response">Status and headers. Where it has a request, method and path count; otherwise it is taken for the answer to a read.</param>
    /// <param name="body">The body, decompressed.</param>
    /// <param name="owner">Whose credential was sent.</param>
    /// <returns>The facts of the error; of a status that is none, <see cref="ErrorReason.Unknown"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public ScmError Read(HttpResponseMessage response, ReadOnlyMemory<byte> body, CredentialOwner owner = CredentialOwner.Operator)
    {
        ArgumentNullException.ThrowIfNull(response);
        var (method, path) = response.RequestMessage is { RequestUri: { } address } request
            ? (request.Method, address.IsAbsoluteUri ? address.AbsolutePath : address.OriginalString)
            : (HttpMethod.Get, "");
        var context = AnswerContext.Of(path.Length == 0 ? "a request" : $"{method} {path.Split('?')[0]}", GitHubRequest.ClassOf(method, path), owner, path);
        return _classifier.Classify(new ResponseSnapshot(response, body), context);
    }
}
