using System.Globalization;
using ScmIntegrations.Errors;

namespace Quickstart.Output;

/// <summary>What a person can do about an error, from its facts.</summary>
internal static class ErrorAdvice
{
    public static string For(Exception exception)
    {
        string?[] advice =
        [
            exception is ScmEmptyRepositoryException ? "nothing to do: it has no commit yet" : null,
            exception is ScmPermissionException { AcceptedPermissions.Count: > 0 } denied ? $"missing permission: {Permissions(denied)}" : null,
            (exception as ScmException)?.RetryAt is { } retryAt ? string.Create(CultureInfo.InvariantCulture, $"ask again at {retryAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : null,
            exception is ScmException { IsTransient: true, RetryAt: null } ? "may pass by itself: ask again later" : null,
            (exception as ScmException)?.FixUrl is { } fix ? $"put it right at {fix}" : null,
            exception is ScmNotFoundException ? "missing, or hidden from this credential" : null,
            exception is ScmUnauthorizedException ? "check the credential" : null,
            exception is ScmIncompleteListException ? "draw no conclusion from what is absent" : null,
        ];
        return string.Join("; ", advice.OfType<string>());
    }

    private static string Permissions(ScmPermissionException denied) =>
        string.Join(", or ", denied.AcceptedPermissions.Select(alternative => string.Join(" and ", alternative)));
}
