using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Benchmarks;

/// <summary>A client registered as a user registers it, over <see cref="MemoryGitHub"/>.</summary>
public static class Clients
{
    public const string Token = "a-token";

    public static ServiceProvider Register()
    {
        var services = new ServiceCollection();
        services.AddScmIntegrations()
            .AddGitHub(options => options.UseToken(Token))
            .HttpClient.ConfigurePrimaryHttpMessageHandler(static () => new MemoryGitHub());
        return services.BuildServiceProvider();
    }

    public static IGitHubIntegrationClient Client(this IServiceProvider services) => services.GetRequiredService<IGitHubIntegrationClient>();
}
