namespace ScmIntegrations.Testing;

/// <summary>A mapping file of WireMock's cannot be served. The message names file, mapping and property.</summary>
/// <param name="message">What is wrong, and where.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class WireMockMappingException(string message, Exception? innerException = null) : Exception(message, innerException);
