using System.Collections.Frozen;
using static ScmIntegrations.Errors.ActionOwner;
using static ScmIntegrations.Errors.ErrorReason;
using static ScmIntegrations.Errors.Expectation;

namespace ScmIntegrations.Errors;

/// <summary>What follows from each reason, as data: exception, outcome, whose turn it is, and the advice. Printed as <c>docs/errors.md</c>.</summary>
internal static class ReasonTable
{
    /// <summary>One row for each reason, in the order of the page.</summary>
    public static IReadOnlyList<ReasonRow> Rows { get; } =
    [
        // Nothing is wrong.
        new(EmptyRepository, (error, cause) => new ScmEmptyRepositoryException(error, cause), Expected, Nobody,
            "Nothing to do: push a first commit, and the repository has a tree."),
        new(NotReady, (error, cause) => new ScmNotReadyException(error, cause), Expected, Nobody,
            "Ask again later: GitHub is still computing the answer.") { IsTransient = true },

        // Missing, changed, already there.
        new(NotFound, (error, cause) => new ScmNotFoundException(error, cause), Expected, Administrator,
            "Check the name; then whether the credential may see it: is the repository in the installation's selection, is the permission granted, "
            + "is the token authorised for the organisation's single sign-on, and is it a fine-grained token of the right owner? GitHub answers all of these with 404.")
        {
            AdviceElsewhere = "Check the name, and for whom it was asked: what belongs to another organisation or user is not found either.",
        },
        new(Conflict, (error, cause) => new ScmConflictException(error, cause), Expected, Nobody,
            "Read the present state, then decide and send again."),
        new(RefMoved, (error, cause) => new ScmConflictException(error, cause), Expected, Nobody,
            "Read the ref again, rebuild the update on it, and send that. Updates of one branch belong one after the other."),
        new(ContentChanged, (error, cause) => new ScmConflictException(error, cause), Expected, Nobody,
            "Read the file's present blob id, merge, and send again with it."),
        new(AlreadyExists, (error, cause) => new ScmAlreadyExistsException(error, cause), Expected, Nobody,
            "Read the one that exists and use it, or choose another name."),
        new(NotAllowed, (error, cause) => new ScmNotAllowedException(error, cause), Expected, User,
            "It cannot be done in the present state: for a merge, resolve conflicts and let the checks pass; for a branch with rules, open a pull request, or let the rules admit the App."),
        new(Gone, (error, cause) => new ScmGoneException(error, cause), Expected, Administrator,
            "What is switched off can be switched on in the repository's settings, and for an API version that has ended a current one configured; what was deleted or has expired does not come back."),

        // Credentials.
        new(BadCredentials, (error, cause) => new ScmUnauthorizedException(error, cause), ExpectedOfCustomer, User,
            "The token is wrong, expired or revoked: connect the account again, or set a new token."),
        new(CredentialMissing, (error, cause) => new ScmUnauthorizedException(error, cause), ExpectedOfCustomer, Operator,
            "Configure a credential, and make sure that nothing on the way removes the Authorization header."),
        new(InvalidAppKey, (error, cause) => new ScmUnauthorizedException(error, cause), ExpectedOfCustomer, Operator,
            "Check that client id, private key (with its line breaks) and host belong to the same GitHub App, and that the App still has that key."),
        new(ClockSkew, (error, cause) => new ScmUnauthorizedException(error, cause), Unexpected, Operator,
            "Set this machine's clock, as by NTP: GitHub refuses a signature that seems to come from the future or the past.") { IsTransient = true },
        new(FreshToken, (error, cause) => new ScmUnauthorizedException(error, cause), Unexpected, Nobody,
            "Try again in a few seconds: the token is new, and not all of GitHub knows it yet.") { IsTransient = true },
        new(SeenAsAnonymous, (error, cause) => new ScmUnauthorizedException(error, cause), Unexpected, Nobody,
            "Try again later and keep the token: it was good before, and GitHub took the request for one without.") { IsTransient = true },
        new(LoginLockedOut, (error, cause) => new ScmForbiddenException(error, cause), ExpectedOfCustomer, User,
            "Stop sending the refused credential, wait, then connect the account again: after several refusals GitHub refuses good ones too.") { IsTransient = true },
        new(ReconnectRequired, (error, cause) => new ScmUnauthorizedException(error, cause), ExpectedOfCustomer, User,
            "Connect the account again: its refresh token has been used, revoked or has expired."),
        new(CredentialUnreadable, (error, cause) => new ScmCredentialUnreadableException(error, cause), Unexpected, Operator,
            "Add the key that it was encrypted with to the application's keys. If none is missing, somebody has changed what is stored: find out who, then delete the account and connect it again."),
        new(InstallationSuspended, (error, cause) => new ScmInstallationException(error, cause), Expected, Administrator,
            "Unsuspend the App on the installation's settings page. Who suspended it has to lift it."),
        new(InstallationGone, (error, cause) => new ScmInstallationException(error, cause), Expected, Administrator,
            "Install the App again, and forget this installation's id."),
        new(UserSuspended, (error, cause) => new ScmForbiddenException(error, cause), ExpectedOfCustomer, User,
            "The account is suspended: its owner has to ask GitHub's support, or the Enterprise's administrator."),
        new(AccountActionRequired, (error, cause) => new ScmForbiddenException(error, cause), ExpectedOfCustomer, User,
            "The account has to act on GitHub first: verify its e-mail address, settle its bill, or switch two-factor authentication on."),

        // Permissions and policies.
        new(PermissionMissing, (error, cause) => new ScmPermissionException(error, cause), Expected, Administrator,
            "Grant what is missing and let the installation approve it; where nothing is missing, add the repository to the installation or give the user the role."),
        new(TokenPermissionMissing, (error, cause) => new ScmPermissionException(error, cause), Expected, User,
            "Give the personal access token the permission or scope that the endpoint accepts, and for a fine-grained one the repository."),
        new(SamlSsoRequired, (error, cause) => new ScmPermissionException(error, cause), Expected, User,
            "Authorise the token for the organisation's single sign-on. The address for it holds for an hour."),
        new(SamlPartialResults, (error, cause) => new ScmIncompleteListException(error, cause), Expected, User,
            "What is listed is good, but organisations with single sign-on are left out: authorise the token for them, and conclude nothing from what is absent."),
        new(IpAllowList, (error, cause) => new ScmForbiddenException(error, cause), Expected, Administrator,
            "Add this service's outgoing addresses to the organisation's IP allow list, or let the list take over those of installed Apps."),
        new(OauthAppRestricted, (error, cause) => new ScmForbiddenException(error, cause), Expected, Administrator,
            "An owner of the organisation has to approve the OAuth App under its third-party access policy."),
        new(ClassicTokenForbidden, (error, cause) => new ScmForbiddenException(error, cause), Expected, User,
            "Use a fine-grained personal access token, a GitHub App or an OAuth App: the organisation admits no classic token."),
        new(FineGrainedTokenForbidden, (error, cause) => new ScmForbiddenException(error, cause), Expected, User,
            "Use a GitHub App or an OAuth App, or ask an owner to admit fine-grained personal access tokens."),
        new(TokenLifetimePolicy, (error, cause) => new ScmForbiddenException(error, cause), Expected, User,
            "Make a token that lives no longer than the organisation allows."),

        // What a repository or a plan does not allow.
        new(RepositoryBlocked, (error, cause) => new ScmBlockedException(error, cause), Expected, Administrator,
            "GitHub has blocked the repository: leave it out. Its owner can ask GitHub's support."),
        new(LegalBlock, (error, cause) => new ScmBlockedException(error, cause), Expected, Administrator,
            "Blocked for legal reasons: leave the repository out. The notice says who asked for it."),
        new(TradeControls, (error, cause) => new ScmBlockedException(error, cause), Expected, Administrator,
            "Trade controls block the account: leave its repositories out. The owner can appeal to GitHub."),
        new(RepositoryArchived, (error, cause) => new ScmForbiddenException(error, cause), Expected, Administrator,
            "Unarchive the repository in its settings before writing to it; reading works."),
        new(BlobTooLarge, (error, cause) => new ScmForbiddenException(error, cause), Expected, Developer,
            "Ask for the raw media type or use the Git blobs endpoint, which goes up to 100 MB."),
        new(PlanRequired, (error, cause) => new ScmForbiddenException(error, cause), Expected, Administrator,
            "Switch the feature on, or choose a plan that includes it."),
        new(LicenseMissing, (error, cause) => new ScmForbiddenException(error, cause), Expected, Administrator,
            "Give the user a Copilot license: an owner assigns a seat of the organisation's plan, or the user takes a plan of their own that includes the coding agent."),
        new(QuotaExceeded, (error, cause) => new ScmForbiddenException(error, cause), Expected, User,
            "Wait until the premium request quota is renewed at the start of the month, or let whoever pays raise the budget for premium requests."),

        // Limits.
        new(PrimaryRateLimit, (error, cause) => new ScmRateLimitException(error, cause), Expected, Nobody,
            "Wait until the given time: the hourly limit is used up. Fewer or cached requests keep within it.") { IsTransient = true },
        new(SecondaryRateLimit, (error, cause) => new ScmRateLimitException(error, cause), Expected, Nobody,
            "Send nothing with this credential until the given time; then fewer at once, and writes a second apart.") { IsTransient = true },
        new(CircuitOpen, (error, cause) => new ScmCircuitOpenException(error, cause), Expected, Nobody,
            "Wait until the given time: the host has been failing and is left alone for a while.") { IsTransient = true },

        // Somebody should look.
        new(ValidationFailed, (error, cause) => new ScmValidationException(error, cause), Unexpected, Developer,
            "Correct the request: the errors say which field and why."),
        new(OriginBlocked, (error, cause) => new ScmOriginBlockedException(error, cause), Expected, Operator,
            "An answer led to another host, and the credential stayed here. Check the configured address and what stands in between."),
        new(RedirectRefused, (error, cause) => new ScmRedirectException(error, cause), Expected, Developer,
            "The resource has moved: use its new address. A write is not sent there again by itself."),
        new(ServerError, (error, cause) => new ScmServerException(error, cause), Unexpected, Nobody,
            "Try again later; where one request fails again and again, ask for less at a time and quote the request id to the support of who answered.") { IsTransient = true },
        new(UnreadableResponse, (error, cause) => new ScmUnreadableResponseException(error, cause), Unexpected, Operator,
            "The answer is not the API speaking: check the address, and proxies on the way.") { IsTransient = true },
        new(ResponseTooLarge, (error, cause) => new ScmUnreadableResponseException(error, cause), Unexpected, Developer,
            "Ask for less at a time, or raise the bound in the client's options."),
        new(Transport, (error, cause) => new ScmTransportException(error, cause), Unexpected, Operator,
            "Try again; when it stays, check name resolution, network and proxy between this machine and the host.") { IsTransient = true },
        new(TlsRefused, (error, cause) => new ScmTlsException(error, cause), Unexpected, Operator,
            "Do not go around it: somebody may be reading along. Check the certificate, and the authorities that this machine trusts."),
        new(ErrorReason.Timeout, (error, cause) => new ScmTimeoutException(error, cause), Unexpected, Nobody,
            "Try again; when it stays, ask for less at a time or give the call a longer bound.") { IsTransient = true },
        new(IncompleteList, (error, cause) => new ScmIncompleteListException(error, cause), Unexpected, Developer,
            "What was read is good; conclude nothing from what is absent. Raise the bound of pages, or list again."),
        new(Unknown, CreateUnknown, Unexpected, Developer,
            "Nobody has met this answer before: read the message, and report it so that it gets a reason."),
    ];

    private static readonly FrozenDictionary<ErrorReason, ReasonRow> ByReason = Rows.ToFrozenDictionary(row => row.Reason);

    /// <summary>The row of a reason; that of <see cref="Unknown"/> for a value that is none.</summary>
    public static ReasonRow Find(ErrorReason reason) => ByReason.TryGetValue(reason, out var row) ? row : ByReason[Unknown];

    private static ScmException CreateUnknown(ScmError error, Exception? cause) =>
        error.Status is System.Net.HttpStatusCode.Forbidden ? new ScmForbiddenException(error, cause) : new ScmException(error, cause);
}
