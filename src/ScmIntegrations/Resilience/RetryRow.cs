using ScmIntegrations.Errors;

namespace ScmIntegrations.Resilience;

/// <summary>One row of the retry table: whom it is for, and what happens.</summary>
/// <param name="Name">The row's name, as in the documentation and in the name of its test.</param>
/// <param name="Classes">The operation classes the row is for.</param>
/// <param name="When">What must have happened besides the reason.</param>
/// <param name="Reasons">The reasons the row is for; empty means any.</param>
/// <param name="Attempts">The most attempts in all, the first included; 1 means that the error surfaces, <see cref="AsConfigured"/> that the options say it.</param>
/// <param name="Wait">How long to wait before the next attempt.</param>
/// <param name="CountsInCircuit">Whether the failure counts against the host.</param>
internal sealed record RetryRow(
    string Name,
    OperationClass Classes,
    RetryCondition When,
    IReadOnlyList<ErrorReason> Reasons,
    int Attempts,
    RetryWait Wait,
    bool CountsInCircuit)
{
    /// <summary>As many attempts as <see cref="ResilienceOptions.MaxAttempts"/> allows.</summary>
    public const int AsConfigured = int.MaxValue;

    public bool Matches(OperationClass operation, RetryCondition conditions, ErrorReason reason) =>
        (Classes & operation) != OperationClass.None
        && (When & conditions) == When
        && (Reasons.Count == 0 || Reasons.Contains(reason));
}

/// <summary>What is known of a failed attempt besides its reason.</summary>
[Flags]
internal enum RetryCondition
{
    None = 0,

    /// <summary>The credential could not be had: its own line has retried already.</summary>
    CredentialUnavailable = 1,

    /// <summary>Nothing of the request can have reached the server.</summary>
    BeforeSend = 2,

    /// <summary>The credential can be renewed, and this call has not renewed it yet.</summary>
    CanRefresh = 4,

    /// <summary>The secure connection was refused, as for a certificate that nobody trusts.</summary>
    TlsRefused = 8,

    /// <summary>The server says that it will never do this (501, 505).</summary>
    NeverPossible = 16,
}

/// <summary>How long to wait before the next attempt.</summary>
internal enum RetryWait
{
    /// <summary>There is no next attempt.</summary>
    Never,

    /// <summary>At once, with a renewed credential.</summary>
    RefreshCredential,

    /// <summary>Exponential with full jitter.</summary>
    Backoff,
}
