using System.Collections.Concurrent;
using ScmIntegrations.Errors;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>Many callers at once.</summary>
internal static class Callers
{
    /// <summary>Starts them all, each on the pool.</summary>
    public static Task<T>[] Start<T>(int count, Func<int, Task<T>> call) =>
        [.. Enumerable.Range(0, count).Select(number => Task.Run(() => call(number)))];

    /// <summary>What each call threw; those that did not are left out.</summary>
    public static async Task<IReadOnlyList<ScmException>> ErrorsAsync<T>(IEnumerable<Task<T>> calls)
    {
        var errors = new ConcurrentBag<ScmException>();
        foreach (var call in calls)
        {
            try
            {
                await call;
            }
            catch (ScmException error)
            {
                errors.Add(error);
            }
        }

        return [.. errors];
    }
}
