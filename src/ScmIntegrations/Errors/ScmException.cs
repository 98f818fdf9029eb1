using System.Net;

namespace ScmIntegrations.Errors;

/// <summary>
/// The root of every error this library throws for a call. Catch a subtype to act on a status,
/// and read <see cref="Reason"/> and <see cref="Origin"/> to tell cases of one status apart.
/// </summary>
public class ScmException : Exception
{
    /// <summary>Makes an exception that carries the given facts. Public so that a test can throw what production throws.</summary>
    /// <param name="error">The facts.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is <see langword="null"/>.</exception>
    public ScmException(ScmError error, Exception? innerException = null)
        : base((error ?? throw new ArgumentNullException(nameof(error))).Message, innerException) => Error = error;

    /// <summary>All facts of the error.</summary>
    public ScmError Error { get; internal set; }

    /// <summary>What the answer means.</summary>
    public ErrorReason Reason => Error.Reason;

    /// <summary>Who said it.</summary>
    public ErrorOrigin Origin => Error.Origin;

    /// <summary>The HTTP status; <see langword="null"/> when nothing was answered.</summary>
    public HttpStatusCode? Status => Error.Status;

    /// <summary>GitHub's id of the request.</summary>
    public string? RequestId => Error.RequestId;

    /// <summary>The page that GitHub names for the error.</summary>
    public Uri? DocumentationUrl => Error.DocumentationUrl;

    /// <summary>When asking again can help, in the clock of the caller.</summary>
    public DateTimeOffset? RetryAt => Error.RetryAt;

    /// <summary>Where a person can put it right.</summary>
    public Uri? FixUrl => Error.FixUrl;

    /// <summary>Whether the same call can succeed later without anybody acting.</summary>
    public bool IsTransient => Error.IsTransient;

    /// <summary>Whether this is something that happens (the interaction halts) or something that somebody should look at (it fails).</summary>
    public bool IsExpected => Error.IsExpected;

    /// <summary>Whose turn it is to act.</summary>
    public ActionOwner Acts => Error.Acts;

    /// <summary>Makes the exception whose type belongs to the error.</summary>
    /// <param name="error">The facts.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    /// <returns>
    /// The most specific exception: for example <see cref="ScmEmptyRepositoryException"/> for <see cref="ErrorReason.EmptyRepository"/>,
    /// <see cref="ScmProviderRateLimitException"/> for a limit that a tool gateway relayed, and
    /// <see cref="ScmAmbiguousWriteException"/> where <see cref="ScmError.IsFateUnknown"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is <see langword="null"/>.</exception>
    public static ScmException From(ScmError error, Exception? innerException = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            { Origin: ErrorOrigin.Provider } => ProviderExceptions.Create(error, innerException),
            { IsFateUnknown: true } => new ScmAmbiguousWriteException(error, innerException),
            _ => ReasonTable.Find(error.Reason).Create(error, innerException),
        };
    }

    /// <summary>
    /// Renders everything that is known as a few plain lines for a support desk: what happened, the reason, whose turn it is,
    /// what they do, the permissions, where, when, and the ids to quote. Holds no secret.
    /// </summary>
    /// <returns>Lines of a label and a text, separated by line feeds; times are UTC.</returns>
    public string Explain() => ErrorExplanation.Render(this);
}
