namespace ScmIntegrations.Resilience.Limits;

/// <summary>What an answer said about one rate limit.</summary>
/// <param name="Resource">The resource, for example <c>core</c>.</param>
/// <param name="Limit">Requests allowed in the window.</param>
/// <param name="Remaining">Requests left in the window.</param>
/// <param name="ResetsAt">When the window ends, in the clock of the caller.</param>
internal readonly record struct RateLimitReading(string Resource, int Limit, int Remaining, DateTimeOffset ResetsAt);
