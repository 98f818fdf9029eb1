using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ErrorReason;
using static ScmIntegrations.Resilience.OperationClass;
using static ScmIntegrations.Resilience.Retries.RetryCondition;

namespace ScmIntegrations.Resilience.Retries;

/// <summary>
/// What is done with every error of a call, as data. The first row that matches decides, the specific stands before the general,
/// and the last row matches everything, so the table is total. Printed as <c>docs/retry-table.md</c>.
/// </summary>
internal static class RetryTable
{
    private const OperationClass Any = RetryRow.AnyClass;
    private const OperationClass Repeatable = Read | IdempotentWrite | TokenMint;
    private const int AsConfigured = RetryRow.AsConfigured;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly ErrorReason[] Limits = [PrimaryRateLimit, SecondaryRateLimit];
    private static readonly ErrorReason[] Failed = [ServerError, Transport, ErrorReason.Timeout];
    private static readonly ErrorReason[] NoAnswer = [Transport];
    private static readonly ErrorReason[] Late = [ErrorReason.Timeout];
    private static readonly ErrorReason[] Refused = [BadCredentials, CredentialMissing, InvalidAppKey, ClockSkew, ReconnectRequired, LoginLockedOut, UserSuspended, AccountActionRequired];

    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<RetryRow> Rows { get; } =
    [
        // A provider's error, relayed by a broker: final, whatever it is.
        new("55", "a provider refused the user's account") { Origin = ErrorOrigin.Provider, Reasons = [BadCredentials, PermissionMissing], Note = "the user connects the account again; the broker's credential is untouched" },
        new("54", "any other error of a provider") { Origin = ErrorOrigin.Provider },

        // The credential has a line of its own, which has done its own retries.
        new("60a", "the credential's own line timed out") { When = CredentialUnavailable, Reasons = Late, Retries = AsConfigured, Wait = RetryWait.Backoff },
        new("60b", "no credential could be had") { When = CredentialUnavailable, Note = "its own line has retried; what it met surfaces" },

        // Refused here, and never sent.
        new("9b", "the deadline, before a turn came to send") { Origin = ErrorOrigin.Client, Reasons = Late, Note = "writes are paced, and so many requests are under way at a time" },
        new("9a", "the deadline, with a write under way") { When = DeadlineReached, Classes = Write | TokenRefresh, Reasons = Late, IsFateUnknown = true },
        new("9", "the deadline of the whole call") { When = DeadlineReached, Reasons = Late },
        new("11", "the circuit is open") { Reasons = [ErrorReason.CircuitOpen], Note = "carries the time of the next try" },
        new("12", "the gate of a rate limit is closed") { Origin = ErrorOrigin.Client, Reasons = Limits, Retries = 1, Wait = RetryWait.Limit, Note = "waits only where the options allow it" },
        new("16", "a redirect or link to another origin") { Reasons = [OriginBlocked] },

        // Nobody knows whose it is: what may be a provider's is treated as one, and a write as one that may have been carried out.
        new("54a", "a broker's 5xx that cannot be read, to a write") { Origin = ErrorOrigin.Platform, When = ErrorUnreadable, Classes = Write, Reasons = [ServerError], IsFateUnknown = true },
        new("54b", "an error of a broker's that cannot be read") { Origin = ErrorOrigin.Platform, When = ErrorUnreadable, Classes = Read | IdempotentWrite | Write, Note = "it may be a provider's, so it is final; the credential is untouched" },

        // The broker itself.
        new("56", "the broker refused our credential") { Origin = ErrorOrigin.Platform, When = CanRefresh, Reasons = [BadCredentials], Retries = 1, Wait = RetryWait.RefreshCredential },
        new("57", "the broker's own limit") { Origin = ErrorOrigin.Platform, Reasons = Limits, Note = "surfaces at once" },

        // Never possible, whatever the class and whoever says so.
        new("46", "501, 505") { Reasons = [ServerError], Statuses = [501, 505] },

        // A coding agent's own service.
        new("63a", "a coding agent's service failed") { Origin = ErrorOrigin.Platform, When = AgentService, Classes = Read | IdempotentWrite, Reasons = [ServerError], Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true, Note = "no tool runs behind it, so any 5xx may be asked again" },
        new("63b", "a coding agent's service failed a write") { Origin = ErrorOrigin.Platform, When = AgentService, Classes = Write, Reasons = [ServerError], CountsInCircuit = true, IsFateUnknown = true, Note = "a launch, a further prompt, a cancellation; as 63" },

        // The broker, unavailable.
        new("58", "the broker is unavailable") { Origin = ErrorOrigin.Platform, Classes = Read | IdempotentWrite, Reasons = [ServerError], Statuses = [503], Retries = AsConfigured, Wait = RetryWait.BrokerBackoff, CountsInCircuit = true },
        new("59", "the broker is unavailable, for a write") { Origin = ErrorOrigin.Platform, Classes = Write, Reasons = [ServerError], Statuses = [503], CountsInCircuit = true, IsFateUnknown = true },

        // Not sent: safe for every class.
        new("3", "the secure connection was refused") { Reasons = [TlsRefused], Note = "the next try would be no better" },
        new("1a", "no such host, and not one of GitHub's") { When = NameUnknown | CustomHost | NoSuchHost, Reasons = NoAnswer, CountsInCircuit = true, Note = "a wrong address" },
        new("1", "the host's name was not found") { When = NameUnknown, Reasons = NoAnswer, Retries = 1, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("2", "no connection was made") { When = BeforeSend, Reasons = NoAnswer, Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true },

        // The server has dropped the connection, and says so.
        new("39", "408, 421") { Classes = Repeatable, Reasons = NoAnswer, Statuses = [408, 421], Retries = 1, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("39a", "408, 421 to what must not be sent twice") { Reasons = NoAnswer, Statuses = [408, 421], CountsInCircuit = true },

        // Never possible, whatever the class.
        new("52", "a body over its bound") { Reasons = [ResponseTooLarge] },

        // A credential is stored, an agent launched, a refresh token traded.
        new("65", "storing a credential failed on the way") { When = CredentialUpsert, Classes = IdempotentWrite, Reasons = Failed, Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("66", "storing a credential met another version") { When = CredentialUpsert, Reasons = [Conflict], Note = "the caller reads again, compares, and tries once more" },
        new("63", "an agent's launch, with an unknown end") { When = AgentLaunch, Classes = Write, Reasons = Failed, CountsInCircuit = true, IsFateUnknown = true, Note = "the launcher looks for the task before anything is sent again" },
        new("61a", "a refresh token's trade failed, and the token is still ours") { When = RefreshTokenUnchanged, Classes = TokenRefresh, Reasons = Failed, Retries = 1, Wait = RetryWait.Backoff, CountsInCircuit = true, IsFateUnknown = true, Note = "under the lock, after the store was read again; then as 61" },
        new("61", "a refresh token's trade failed") { Classes = TokenRefresh, Reasons = Failed, CountsInCircuit = true, IsFateUnknown = true, Note = "a replay can end the whole family of tokens" },
        new("62", "the refresh token was refused") { Classes = TokenRefresh, Reasons = [ReconnectRequired] },

        // Sent, and the answer broke or never came.
        new("6", "the body broke off") { When = BodyBroken, Classes = Repeatable, Reasons = NoAnswer, Retries = 1, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("60", "minting a token failed") { Classes = TokenMint, Reasons = Failed, Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true, RememberedFor = TimeSpan.FromSeconds(2), Note = "inside the one flight" },
        new("4", "the connection broke before an answer") { Classes = Repeatable, Reasons = NoAnswer, Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("5", "the connection broke after a write was sent") { Reasons = NoAnswer, CountsInCircuit = true, IsFateUnknown = true },
        new("7", "an attempt timed out") { Classes = Repeatable, Reasons = Late, Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("8", "an attempt at a write timed out") { Reasons = Late, CountsInCircuit = true, IsFateUnknown = true },

        // The broker failed otherwise: a tool may have run, and only "unavailable" says that it has not.
        new("58a", "another 5xx of the broker's") { Origin = ErrorOrigin.Platform, Classes = Read | IdempotentWrite, Reasons = [ServerError], CountsInCircuit = true, Note = "for a write, as 44" },

        // GitHub failed.
        new("48", "GraphQL: something went wrong") { When = RetryCondition.GraphQL, Classes = Read, Reasons = [ServerError], Retries = 1, Wait = RetryWait.Backoff, CountsInCircuit = true, Note = "then ask for half as much" },
        new("43", "500, 502, 503, 504 and other 5xx") { Classes = Repeatable, Reasons = [ServerError], Retries = AsConfigured, Wait = RetryWait.Backoff, CountsInCircuit = true, Note = "Retry-After is honoured within the deadline" },
        new("45", "503 to a write, with a time to come back") { When = AsksToWait, Reasons = [ServerError], Statuses = [503], CountsInCircuit = true },
        new("44", "5xx to a write") { Reasons = [ServerError], CountsInCircuit = true, IsFateUnknown = true },

        // The answer is none.
        new("51", "an empty body, or another shape than was due") { When = WrongShape, Classes = Read, Reasons = [UnreadableResponse], Retries = 1, Wait = RetryWait.Backoff },
        new("50", "HTML or broken JSON") { Classes = Read, Reasons = [UnreadableResponse], Retries = 1, Wait = RetryWait.Backoff, CountsInCircuit = true },
        new("50a", "an unreadable answer to a write") { Reasons = [UnreadableResponse], Note = "it has been carried out" },
        new("14", "202, not ready") { Classes = Read, Reasons = [NotReady], Retries = 6, Wait = RetryWait.Poll },
        new("17", "a redirect that is not followed") { Reasons = [RedirectRefused] },

        // Limits.
        new("47", "GraphQL: RATE_LIMITED") { When = RetryCondition.GraphQL, Reasons = [PrimaryRateLimit], Retries = 1, Wait = RetryWait.Limit, Note = "as 29; closes the gate of graphql" },
        new("29", "a primary rate limit") { Reasons = [PrimaryRateLimit], Retries = 1, Wait = RetryWait.Limit, Note = "surfaces at once, unless the options allow the wait; closes the gate of its resource" },
        new("30", "a secondary rate limit") { Classes = Read | IdempotentWrite, Reasons = [SecondaryRateLimit], Retries = 1, Wait = RetryWait.Limit, Note = "as 29; closes the gate of the whole credential" },
        new("31", "a secondary rate limit, for a write or a token") { Reasons = [SecondaryRateLimit], Note = "surfaces always; closes the gate of the whole credential" },

        // What a refusal says is missing, and with it what may tell it from another.
        new("6a", "the body of a refusal broke off") { When = BodyBroken, Classes = Repeatable, Statuses = [401, 403, 404, 409, 422], Retries = 1, Wait = RetryWait.Backoff, Note = "what surfaces in the end is what the status alone says" },

        // Credentials.
        new("19", "401 to a token seconds old") { Reasons = [FreshToken], Retries = 1, Wait = RetryWait.OneSecond, Note = "once, with the same token; then as 20" },
        new("22", "401 as to an anonymous caller") { Classes = Read, Reasons = [SeenAsAnonymous], Retries = 1, Wait = RetryWait.OneToTwoSeconds, Note = "once; then as 20, or for a token that was good before, this" },
        new("22a", "401 as to an anonymous caller, again or to a write") { Reasons = [SeenAsAnonymous] },
        new("24", "401, the signature's time") { When = CanRefresh, Reasons = [ClockSkew], Retries = 1, Wait = RetryWait.RefreshCredential, Note = "signed again by the answer's Date" },
        new("20", "401, the credential can be renewed") { When = CanRefresh, Reasons = [BadCredentials], Retries = 1, Wait = RetryWait.RefreshCredential, Note = "a 401 was not carried out, so any class is sent again" },
        new("21", "401 after a renewal") { When = Refreshed, Reasons = [BadCredentials], Note = "the credential is kept: a passing trouble must not destroy it" },
        new("25", "the installation is suspended or gone") { Reasons = [InstallationSuspended, InstallationGone], RememberedFor = TimeSpan.FromMinutes(10), Note = "remembered by the credential" },
        new("21a", "the App's own signature is refused, when a token is minted") { Classes = TokenMint, Reasons = Refused, RememberedFor = TimeSpan.FromSeconds(30) },
        new("23", "401 or a like refusal of the credential itself, or one that cannot be read") { Reasons = [.. Refused, CredentialUnreadable] },

        // Permissions and blocks.
        new("64", "an agent's launch, refused") { When = AgentLaunch, Statuses = [402, 403, 404], Note = "never remembered: the right may be granted a second later" },
        new("26", "403 to a token seconds old") { When = TokenFresh, Classes = Read, Reasons = [PermissionMissing], Retries = 1, Wait = RetryWait.OneSecond },
        new("27a", "a missing permission, within a scan") { When = Scan, Classes = Read, Reasons = [PermissionMissing, TokenPermissionMissing, SamlSsoRequired], RememberedFor = Hour },
        new("27", "a missing permission") { Reasons = [PermissionMissing, TokenPermissionMissing, SamlSsoRequired] },
        new("27b", "a policy of the organisation") { Reasons = [IpAllowList, OauthAppRestricted, ClassicTokenForbidden, FineGrainedTokenForbidden, TokenLifetimePolicy, SamlPartialResults] },
        new("27c", "archived, or too large for the endpoint") { Reasons = [RepositoryArchived, BlobTooLarge] },
        new("28", "blocked") { Reasons = [RepositoryBlocked, LegalBlock, TradeControls], RememberedFor = Day, Note = "a scan leaves the repository out and goes on" },
        new("69", "a plan, feature, licence or quota is missing") { Reasons = [PlanRequired, LicenseMissing, QuotaExceeded] },

        // What is there, and what is not.
        new("34", "404 for what was just created") { When = JustCreated, Classes = Read, Reasons = [ErrorReason.NotFound], Retries = 1, Wait = RetryWait.OneSecond },
        new("33", "404 within a scan") { When = Scan, Classes = Read, Reasons = [ErrorReason.NotFound], RememberedFor = Hour, Note = "an hour only: GitHub's 404 is sometimes wrong" },
        new("32", "404") { Reasons = [ErrorReason.NotFound] },
        new("35", "409, the repository is empty") { Reasons = [EmptyRepository], Note = "remembered like a tree: same lifetime, same stagger" },
        new("40", "412") { Reasons = [Conflict], Statuses = [412] },
        new("36", "409, a conflict") { Reasons = [Conflict, RefMoved, ContentChanged], Note = "the caller reads again" },
        new("42", "it already exists") { Reasons = [AlreadyExists] },
        new("37a", "410") { Reasons = [ErrorReason.Gone], RememberedFor = Day },
        new("37", "405") { Reasons = [NotAllowed] },

        // The request is wrong.
        new("18", "400") { Reasons = [ValidationFailed], Statuses = [400] },
        new("38", "406, 411, 413, 414, 415, 431") { Reasons = [ValidationFailed], Statuses = [406, 411, 413, 414, 415, 431] },
        new("41", "422") { Reasons = [ValidationFailed] },
        new("70a", "a listing ended early") { Reasons = [IncompleteList] },
        new("70", "anything else"),
    ];

    /// <summary>The row that decides.</summary>
    public static RetryRow Find(OperationClass operation, RetryCondition conditions, ErrorReason reason, ErrorOrigin origin = ErrorOrigin.GitHub, int? status = null) =>
        Rows.First(row => row.Matches(operation, conditions, reason, origin, status));
}
