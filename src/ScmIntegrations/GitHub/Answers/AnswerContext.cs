using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>What is known of the request besides its answer.</summary>
/// <param name="Request">The request, as it may be shown: method and path.</param>
/// <param name="Operation">How safe it is to send twice.</param>
/// <param name="Owner">Whose credential it carried.</param>
internal sealed record AnswerContext(string Request, OperationClass Operation, CredentialOwner Owner)
{
    /// <summary>The path below the API's address, without the query.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Takes what a request says of itself; it is cleaned, for it may come from outside.</summary>
    public static AnswerContext Of(string request, OperationClass operation, CredentialOwner owner, string path) =>
        new(Redaction.Clean(request), operation, owner) { Path = path.Split('?')[0] };

    /// <summary>Whether the token is seconds old and has not been accepted yet.</summary>
    public bool IsTokenFresh { get; init; }

    /// <summary>Whether an answer as to an anonymous caller would be GitHub's passing trouble rather than a dead token.</summary>
    public bool IsTokenTrusted { get; init; }

    /// <summary>Whether the request asks for an installation in the App's own name, so that 404 means that it is gone.</summary>
    public bool AsksForInstallation => Path.StartsWith("/app/installations/", StringComparison.Ordinal);
}
