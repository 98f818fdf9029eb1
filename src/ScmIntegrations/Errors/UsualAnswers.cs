using System.Collections.Frozen;
using System.Net;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.Errors;

/// <summary>Who usually says what a reason means, and with which status. For errors that are made by hand; nothing is decided by it.</summary>
internal static class UsualAnswers
{
    private static readonly (ErrorOrigin Origin, HttpStatusCode? Status, ErrorReason[] Reasons)[] Table =
    [
        (ErrorOrigin.GitHub, HttpStatusCode.Unauthorized, [BadCredentials, CredentialMissing, InvalidAppKey, ClockSkew, FreshToken, SeenAsAnonymous]),
        (ErrorOrigin.GitHub, HttpStatusCode.Forbidden,
            [
                PermissionMissing, TokenPermissionMissing, SamlSsoRequired, IpAllowList, OauthAppRestricted, ClassicTokenForbidden, FineGrainedTokenForbidden, TokenLifetimePolicy,
                PrimaryRateLimit, SecondaryRateLimit, InstallationSuspended, UserSuspended, AccountActionRequired, RepositoryBlocked, TradeControls, RepositoryArchived, BlobTooLarge,
                PlanRequired, LicenseMissing, LoginLockedOut,
            ]),
        (ErrorOrigin.GitHub, HttpStatusCode.NotFound, [NotFound, InstallationGone]),
        (ErrorOrigin.GitHub, HttpStatusCode.MethodNotAllowed, [NotAllowed]),
        (ErrorOrigin.GitHub, HttpStatusCode.Conflict, [EmptyRepository, Conflict, ContentChanged]),
        (ErrorOrigin.GitHub, HttpStatusCode.Gone, [Gone]),
        (ErrorOrigin.GitHub, HttpStatusCode.PreconditionFailed, [QuotaExceeded]),
        (ErrorOrigin.GitHub, HttpStatusCode.UnprocessableEntity, [ValidationFailed, AlreadyExists, RefMoved]),
        (ErrorOrigin.GitHub, HttpStatusCode.UnavailableForLegalReasons, [LegalBlock]),
        (ErrorOrigin.GitHub, HttpStatusCode.BadGateway, [ServerError]),
        (ErrorOrigin.GitHub, HttpStatusCode.Accepted, [NotReady]),
        (ErrorOrigin.GitHub, HttpStatusCode.OK, [UnreadableResponse, SamlPartialResults, ReconnectRequired]),
        (ErrorOrigin.GitHub, HttpStatusCode.TemporaryRedirect, [RedirectRefused]),
        (ErrorOrigin.Client, HttpStatusCode.OK, [ResponseTooLarge]),
        (ErrorOrigin.Client, null, [OriginBlocked, CircuitOpen, IncompleteList, CredentialUnreadable]),
        (ErrorOrigin.Transport, null, [Transport, ErrorReason.Timeout, TlsRefused]),
    ];

    private static readonly FrozenDictionary<ErrorReason, (ErrorOrigin Origin, HttpStatusCode? Status)> ByReason =
        Table.SelectMany(row => row.Reasons, (row, reason) => (reason, row)).ToFrozenDictionary(each => each.reason, each => (each.row.Origin, each.row.Status));

    public static (ErrorOrigin Origin, HttpStatusCode? Status) Of(ErrorReason reason) => ByReason.GetValueOrDefault(reason);
}
