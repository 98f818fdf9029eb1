namespace ScmIntegrations.GitHub.GraphQL;

/// <summary>What GitHub could not give of a query.</summary>
/// <param name="Message">What it said, cleaned of credentials.</param>
/// <param name="Type">Its kind, for example <c>NOT_FOUND</c>, <c>FORBIDDEN</c>, <c>RATE_LIMITED</c>; <see langword="null"/> where GitHub names none.</param>
/// <param name="Path">Where in the data it is missing, for example <c>nodes/3</c>; empty where it concerns the whole.</param>
public sealed record GraphQLError(string Message, string? Type, string Path);
