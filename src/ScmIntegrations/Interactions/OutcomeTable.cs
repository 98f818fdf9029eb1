using System.Collections.Frozen;
using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ErrorReason;
using static ScmIntegrations.Interactions.InteractionOutcome;

namespace ScmIntegrations.Interactions;

/// <summary>Which exception is expected (a halt) and which one somebody should look at (a failure).</summary>
internal static class OutcomeTable
{
    // Only a refused credential depends on whose it is: a customer's is theirs to renew, ours is ours to repair.
    public static readonly IReadOnlyList<OutcomeRow> Rows =
    [
        new(EmptyRepository, Halted, Halted),
        new(Conflict, Halted, Halted),
        new(NotFound, Halted, Halted),
        new(PermissionMissing, Halted, Halted),
        new(PrimaryRateLimit, Halted, Halted),
        new(SecondaryRateLimit, Halted, Halted),
        new(OriginBlocked, Halted, Halted),
        new(RedirectRefused, Halted, Halted),
        new(CircuitOpen, Halted, Halted),
        new(BadCredentials, Halted, Failure),
        new(CredentialMissing, Halted, Failure),
        new(InvalidAppKey, Halted, Failure),
        new(Unknown, Failure, Failure),
        new(ValidationFailed, Failure, Failure),
        new(ServerError, Failure, Failure),
        new(UnreadableResponse, Failure, Failure),
        new(ResponseTooLarge, Failure, Failure),
        new(Transport, Failure, Failure),
        new(ErrorReason.Timeout, Failure, Failure),
        new(IncompleteList, Failure, Failure),
    ];

    private static readonly FrozenDictionary<ErrorReason, OutcomeRow> ByReason = Rows.ToFrozenDictionary(row => row.Reason);

    /// <summary>The outcome of a call that ended with the given exception.</summary>
    public static InteractionOutcome Decide(Exception exception, CancellationToken callersToken) => exception switch
    {
        ScmException known => Find(known.Error),
        _ when InteractionCause.IsCallersCancellation(exception, callersToken) => Halted,
        _ => Failure,
    };

    // A reason that nobody has placed is one that somebody should look at.
    private static InteractionOutcome Find(ScmError error) =>
        !ByReason.TryGetValue(error.Reason, out var row) ? Failure
        : error.CredentialOwner is CredentialOwner.Operator ? row.Operator
        : row.Customer;
}
