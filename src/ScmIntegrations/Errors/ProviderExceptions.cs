namespace ScmIntegrations.Errors;

/// <summary>The exception of a relayed error, by the provider's status.</summary>
internal static class ProviderExceptions
{
    public static ScmException Create(ScmError error, Exception? cause) => (int?)error.Status switch
    {
        400 or 422 => new ScmProviderValidationException(error, cause),
        401 => new ScmProviderUnauthorizedException(error, cause),
        403 => new ScmProviderForbiddenException(error, cause),
        404 => new ScmProviderNotFoundException(error, cause),
        409 or 412 => new ScmProviderConflictException(error, cause),
        429 => new ScmProviderRateLimitException(error, cause),
        >= 500 and <= 599 => new ScmProviderServerException(error, cause),
        _ => new ScmProviderException(error, cause),
    };

    /// <summary>What a provider's status alone means.</summary>
    public static ErrorReason ReasonOf(int? status) => status switch
    {
        400 or 422 => ErrorReason.ValidationFailed,
        401 => ErrorReason.BadCredentials,
        403 => ErrorReason.PermissionMissing,
        404 => ErrorReason.NotFound,
        409 or 412 => ErrorReason.Conflict,
        429 => ErrorReason.SecondaryRateLimit,
        >= 500 and <= 599 => ErrorReason.ServerError,
        _ => ErrorReason.Unknown,
    };
}
