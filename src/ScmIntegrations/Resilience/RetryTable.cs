using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience;

/// <summary>
/// What may be sent again, as data. The first row that matches decides, the specific stands before the general,
/// and the last row matches everything, so the table is total.
/// </summary>
internal static class RetryTable
{
    private const OperationClass Any = OperationClass.Read | OperationClass.IdempotentWrite | OperationClass.Write | OperationClass.TokenMint;
    private const OperationClass Repeatable = OperationClass.Read | OperationClass.IdempotentWrite | OperationClass.TokenMint;

    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<RetryRow> Rows { get; } =
    [
        new("credential timed out", Any, RetryCondition.CredentialUnavailable, [ErrorReason.Timeout], RetryRow.AsConfigured, RetryWait.Backoff, CountsInCircuit: false),
        new("credential unavailable", Any, RetryCondition.CredentialUnavailable, [], 1, RetryWait.Never, CountsInCircuit: false),
        new("401, renewable credential", Any, RetryCondition.CanRefresh, [ErrorReason.BadCredentials], 2, RetryWait.RefreshCredential, CountsInCircuit: false),
        new("TLS refused", Any, RetryCondition.TlsRefused, [ErrorReason.Transport], 1, RetryWait.Never, CountsInCircuit: false),
        new("not sent", Any, RetryCondition.BeforeSend, [ErrorReason.Transport], RetryRow.AsConfigured, RetryWait.Backoff, CountsInCircuit: true),
        new("server cannot", Any, RetryCondition.NeverPossible, [ErrorReason.ServerError], 1, RetryWait.Never, CountsInCircuit: false),
        new("server error", Repeatable, RetryCondition.None, [ErrorReason.ServerError], RetryRow.AsConfigured, RetryWait.Backoff, CountsInCircuit: true),
        new("connection broken", Repeatable, RetryCondition.None, [ErrorReason.Transport], RetryRow.AsConfigured, RetryWait.Backoff, CountsInCircuit: true),
        new("attempt timed out", Repeatable, RetryCondition.None, [ErrorReason.Timeout], RetryRow.AsConfigured, RetryWait.Backoff, CountsInCircuit: true),
        new("unreadable body", OperationClass.Read, RetryCondition.None, [ErrorReason.UnreadableResponse], 2, RetryWait.Backoff, CountsInCircuit: true),
        new("server or transport, not repeatable", Any, RetryCondition.None, [ErrorReason.ServerError, ErrorReason.Transport, ErrorReason.Timeout], 1, RetryWait.Never, CountsInCircuit: true),
        new("anything else", Any, RetryCondition.None, [], 1, RetryWait.Never, CountsInCircuit: false),
    ];

    /// <summary>The row that decides.</summary>
    public static RetryRow Find(OperationClass operation, RetryCondition conditions, ErrorReason reason) =>
        Rows.First(row => row.Matches(operation, conditions, reason));
}
