using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// What a gateway's own errors mean, as data; a provider's are typed by the provider's status (<see cref="ProviderExceptions"/>).
/// The first row that matches decides. The status says it; a code only where the status has two meanings.
/// </summary>
internal static class GatewayErrorTable
{
    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<GatewayErrorRow> Rows { get; } =
    [
        // 401: another token of ours helps by these codes only. A code that is new may speak of the user's account, like the first two.
        new(ReconnectRequired, 401) { Codes = ["REAUTHENTICATION_NEEDED", "REFRESH_TOKEN_MISSING"], IsPlatformsWord = true, Owner = CredentialOwner.Customer },
        new(BadCredentials, 401) { Codes = ["", "UNAUTHENTICATED", "UNAUTHORIZED"], IsPlatformsWord = true, Refreshes = true },
        new(BadCredentials, 401),

        // A duplicate comes as 400 or as 409; its code says the same whatever the status.
        new(AlreadyExists) { Codes = ["RESOURCE_ALREADY_EXISTS"] },

        // The status alone.
        new(SecondaryRateLimit, 429),
        new(RedirectRefused, 300, 301, 302, 303, 305, 307, 308),
        new(ValidationFailed, 400, 406, 411, 413, 414, 415, 422, 431),
        new(PlanRequired, 402),
        new(PermissionMissing, 403),
        new(NotFound, 404),
        new(NotAllowed, 405),
        new(Conflict, 409, 412),
        new(Gone, 410),
        new(Transport, 408, 421),
        new(ServerError, [.. Enumerable.Range(500, 100)]),
        new(Unknown),
    ];

    /// <summary>The row that decides.</summary>
    public static GatewayErrorRow Find(int status, GatewayErrorBody body) => Rows.First(row => row.Matches(status, body));
}
