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
    public ScmError Error { get; }

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

    /// <summary>Makes the exception whose type belongs to the reason of <paramref name="error"/>.</summary>
    /// <param name="error">The facts.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    /// <returns>The most specific exception: for example <see cref="ScmEmptyRepositoryException"/> for <see cref="ErrorReason.EmptyRepository"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is <see langword="null"/>.</exception>
    public static ScmException From(ScmError error, Exception? innerException = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Reason switch
        {
            ErrorReason.EmptyRepository => new ScmEmptyRepositoryException(error, innerException),
            ErrorReason.Conflict => new ScmConflictException(error, innerException),
            ErrorReason.NotFound => new ScmNotFoundException(error, innerException),
            ErrorReason.BadCredentials or ErrorReason.CredentialMissing or ErrorReason.InvalidAppKey => new ScmUnauthorizedException(error, innerException),
            ErrorReason.PermissionMissing => new ScmPermissionException(error, innerException),
            ErrorReason.PrimaryRateLimit or ErrorReason.SecondaryRateLimit => new ScmRateLimitException(error, innerException),
            ErrorReason.ValidationFailed => new ScmValidationException(error, innerException),
            ErrorReason.ServerError => new ScmServerException(error, innerException),
            ErrorReason.UnreadableResponse or ErrorReason.ResponseTooLarge => new ScmUnreadableResponseException(error, innerException),
            ErrorReason.OriginBlocked => new ScmOriginBlockedException(error, innerException),
            ErrorReason.Transport => new ScmTransportException(error, innerException),
            ErrorReason.Timeout => new ScmTimeoutException(error, innerException),
            ErrorReason.CircuitOpen => new ScmCircuitOpenException(error, innerException),
            ErrorReason.IncompleteList => new ScmIncompleteListException(error, innerException),
            _ when error.Status is HttpStatusCode.Forbidden => new ScmForbiddenException(error, innerException),
            _ => new ScmException(error, innerException),
        };
    }
}
