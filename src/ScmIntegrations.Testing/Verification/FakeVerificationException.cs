namespace ScmIntegrations.Testing;

/// <summary>What a test expected of the requests to a fake is not so. The message lists what was asked; it holds no header, so that no token is printed.</summary>
/// <param name="message">What was expected, and what was asked.</param>
public sealed class FakeVerificationException(string message) : Exception(message);
