using AgentDesk;
using AgentDesk.Demo;
using AgentDesk.Launches;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ScmIntegrations.AgentDesk.Tests.Running;

/// <summary>The sample on a port of its own, with a demonstration that stands still until a test moves it.</summary>
internal sealed class DeskServer : IAsyncDisposable
{
    private readonly WebApplication _desk;

    private DeskServer(DemoWorld world, WebApplication desk)
    {
        World = world;
        _desk = desk;
        Http = new HttpClient { BaseAddress = Address };
    }

    public DemoWorld World { get; }

    public Uri Address => new(_desk.Urls.Single());

    public HttpClient Http { get; }

    public TaskFollower Follower => _desk.Services.GetRequiredService<TaskFollower>();

    public static async Task<DeskServer> StartAsync()
    {
        var world = await DemoWorld.StartAsync();
        var desk = DeskApplication.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"], world.Connection);
        await desk.StartAsync(TestContext.Current.CancellationToken);
        return new(world, desk);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _desk.DisposeAsync();
        await World.DisposeAsync();
    }
}
