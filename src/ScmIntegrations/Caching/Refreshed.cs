namespace ScmIntegrations.Caching;

/// <summary>A value that was just fetched, and the write that will show it to other instances.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Written">Completes when others can find the value, or when they will not; never faults.</param>
internal readonly record struct Refreshed<T>(T Value, Task Written);
