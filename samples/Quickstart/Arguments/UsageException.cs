namespace Quickstart.Arguments;

/// <summary>The arguments are wrong. The message names the option and what it takes; nothing was sent.</summary>
internal sealed class UsageException(string message) : Exception(message);
