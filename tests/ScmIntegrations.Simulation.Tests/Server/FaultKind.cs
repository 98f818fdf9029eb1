namespace ScmIntegrations.Simulation.Tests.Server;

/// <summary>What can happen to a request.</summary>
internal enum FaultKind
{
    None,
    Slow,
    ServerError,
    ServerErrorWithRetryAfter,
    ResetBeforeAnswer,
    ResetWithinBody,
    Stall,
    StallWithinBody,
    Html,
    EmptyBody,
    TruncatedJson,
    Accepted,
    EchoedSecret,
    BadCredentials,
    LateBadCredentials,
    FreshTokenRefused,
    FreshTokenSeesNothing,
    PermissionMissing,
    PrimaryLimit,
    SecondaryLimit,
    SecondaryLimitWithoutRetryAfter,
}
