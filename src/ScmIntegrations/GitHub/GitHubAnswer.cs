using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Answers;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience.Retries;

namespace ScmIntegrations.GitHub;

/// <summary>
/// An answer that GitHub gave to somebody: from a log, a ticket, or another client. <see cref="ToException"/> says what it means,
/// by the same table that decides about this library's own calls. Nothing is sent.
/// </summary>
public sealed record GitHubAnswer
{
    /// <summary>Takes an answer's status.</summary>
    /// <param name="status">The status, from 100 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is below 100 or above 999.</exception>
    public GitHubAnswer(int status)
    {
        if (status is < 100 or > 999)
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "A status is from 100 to 999.");
        }

        Status = status;
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>The method of the request.</summary>
    /// <value>GET by default.</value>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The path of the request, below the API's address.</summary>
    /// <value><c>/</c> by default.</value>
    /// <exception cref="ArgumentException">The path does not begin with a slash.</exception>
    public string Path
    {
        get;
        init => field = value is ['/', ..] ? value : throw new ArgumentException($"'{value}' is no path: it begins with a slash.", nameof(value));
    } = "/";

    /// <summary>The answer's headers; a name may occur more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The answer's body; empty for none. At most the first 1,048,576 bytes (1 MiB) are read.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whose credential the request carried.</summary>
    /// <value>A customer's by default.</value>
    public CredentialOwner CredentialOwner { get; init; }

    /// <summary>The API that answered; pages to send people to must be on its web address.</summary>
    /// <value><c>https://api.github.com</c> by default.</value>
    /// <exception cref="ArgumentException">The address is not absolute.</exception>
    public Uri ApiAddress
    {
        get;
        init => field = value is { IsAbsoluteUri: true } ? value : throw new ArgumentException($"'{value}' is no absolute address.", nameof(value));
    } = new("https://api.github.com/");

    /// <summary>What the answer means.</summary>
    /// <param name="timeProvider">The caller's clock, in which <see cref="ScmException.RetryAt"/> is given; the system's by default.</param>
    /// <returns>The exception that a call with this answer ends in; <see langword="null"/> when the answer is none that means an error.</returns>
    public ScmException? ToException(TimeProvider? timeProvider = null)
    {
        using var message = new HttpResponseMessage((HttpStatusCode)Status);
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        var operation = GitHubRequest.ClassOf(Method, Path);
        if (!AnswerKind.IsError(message, operation, isConditional: true, allowPartialResults: false))
        {
            return null;
        }

        var body = Body[..Math.Min(Body.Length, 1024 * 1024)];
        var classifier = new GitHubErrorClassifier(new GitHubHost(ApiAddress), timeProvider ?? TimeProvider.System);
        var error = classifier.Classify(new ResponseSnapshot(message, body), AnswerContext.Of($"{Method} {Path.Split('?')[0]}", operation, CredentialOwner, Path));
        var row = RetryTable.Find(operation, error.RetryAt is null ? RetryCondition.None : RetryCondition.AsksToWait, error.Reason, error.Origin, Status);
        return ScmException.From(error with { Rule = row.Number, IsFateUnknown = row.IsFateUnknown });
    }
}
