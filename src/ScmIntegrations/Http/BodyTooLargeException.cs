namespace ScmIntegrations.Http;

/// <summary>A body went over its bound, in bytes or in depth. Becomes <c>response_too_large</c> before it reaches a caller.</summary>
internal sealed class BodyTooLargeException : IOException
{
    public BodyTooLargeException(long maxBytes)
        : base($"The body is larger than the bound of {maxBytes} bytes.")
    {
    }

    public BodyTooLargeException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
