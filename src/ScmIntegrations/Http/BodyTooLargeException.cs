namespace ScmIntegrations.Http;

/// <summary>A body went over its bound. Becomes <c>response_too_large</c> before it reaches a caller.</summary>
internal sealed class BodyTooLargeException(long maxBytes)
    : IOException($"The body is larger than the bound of {maxBytes} bytes.");
