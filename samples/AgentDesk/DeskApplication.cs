using AgentDesk.Api;
using AgentDesk.Launches;
using AgentDesk.Security;

namespace AgentDesk;

/// <summary>Puts the application together: the library, the three endpoints, the page.</summary>
internal static class DeskApplication
{
    private const int LargestRequest = 256 * 1024;

    public static WebApplication Create(string[] args, DeskConnection connection)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = LargestRequest);
        builder.Services.AddCodingAgents(connection);
        builder.Services.AddSingleton<LaunchBook>();
        builder.Services.AddSingleton<TaskFollower>();
        builder.Services.AddSingleton<BatchLaunch>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ScmExceptionHandler>();
        builder.Services.ConfigureHttpJsonOptions(json => DeskJson.Configure(json.SerializerOptions));

        var desk = builder.Build();
        desk.UseExceptionHandler();
        desk.UsePageHeaders();
        desk.UseSameOriginPosts();
        desk.UseDefaultFiles();
        desk.UseStaticFiles();
        desk.MapRepositories();
        desk.MapLaunches();
        return desk;
    }
}
