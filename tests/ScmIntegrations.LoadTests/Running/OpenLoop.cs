using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>One call that was made at its time, whatever became of those before.</summary>
/// <param name="StartedAt">When it was made.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">What it ended with; <see langword="null"/> for a success.</param>
internal sealed record LoopCall(DateTimeOffset StartedAt, DateTimeOffset EndedAt, ScmException? Error);

/// <summary>Callers who come at an even rate and do not wait for each other.</summary>
internal static class OpenLoop
{
    public static async Task<IReadOnlyList<LoopCall>> RunAsync(ManualTimeProvider time, int perSecond, int count, Func<int, Task> call, Action<TimeSpan>? each = null)
    {
        var (start, pause) = (time.GetUtcNow(), TimeSpan.FromSeconds(1) / perSecond);
        var calls = new Task<LoopCall>[count];
        for (var number = 0; number < count; number++)
        {
            each?.Invoke(time.GetUtcNow() - start);
            calls[number] = CallAsync(time, call(number));
            await time.PassAsync(pause);
        }

        return await time.RunAsync(Task.WhenAll(calls));
    }

    private static async Task<LoopCall> CallAsync(ManualTimeProvider time, Task call)
    {
        var startedAt = time.GetUtcNow();
        try
        {
            await call;
            return new(startedAt, time.GetUtcNow(), null);
        }
        catch (ScmException error)
        {
            return new(startedAt, time.GetUtcNow(), error);
        }
    }
}
