namespace ScmIntegrations.Resilience.Sharing;

/// <summary>What a store said, or that it said nothing in time.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="IsAnswered">Whether the store answered.</param>
/// <param name="Value">The answer, when it did.</param>
internal readonly record struct StoreAnswer<T>(bool IsAnswered, T? Value);
