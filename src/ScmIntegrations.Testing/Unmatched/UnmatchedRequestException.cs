namespace ScmIntegrations.Testing;

/// <summary>
/// A fake was asked something that it has no route for. The message shows method and path, the nearest routes with what differs, and how to
/// script an answer. It is no <see cref="HttpRequestException"/>, so that nobody takes it for a broken connection and tries again.
/// </summary>
/// <param name="message">What was asked, and what comes near.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class UnmatchedRequestException(string message, Exception? innerException = null) : Exception(message, innerException);
