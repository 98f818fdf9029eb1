using AgentDesk.Launches;

namespace AgentDesk.Api;

/// <summary>Launches agents, and tells how their tasks stand.</summary>
internal static class LaunchEndpoints
{
    public static void MapLaunches(this WebApplication desk)
    {
        // 200 also when every launch failed: the answer says so, repository by repository.
        desk.MapPost("/api/launches", async (LaunchOrder order, BatchLaunch launch) =>
            order.Mistakes() is { Count: > 0 } mistakes ? Results.ValidationProblem(mistakes) : Results.Ok(await launch.RunAsync(order)));

        // Whoever knows the key may look. A product with users asks whose it is.
        desk.MapGet("/api/launches/{key}", (string key, LaunchBook book) =>
            book.Find(key) is { } tasks ? Results.Ok(new TasksAnswer(key, tasks)) : Results.NotFound());
    }
}
