using AgentDesk;
using AgentDesk.Demo;

// The agents of the demonstration get on with their work every three seconds.
await using var world = await DemoWorld.StartAsync(pace: TimeSpan.FromSeconds(3));
await using var desk = DeskApplication.Create(args, world.Connection);

await desk.StartAsync();
foreach (var address in desk.Urls)
{
    Console.WriteLine($"AgentDesk is on {address} - GitHub and Cursor are fakes, nothing leaves this machine. Ctrl+C ends it.");
}

await desk.WaitForShutdownAsync();
