using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The services of a page's code, over the fake instead of GitHub.</summary>
internal static class PageServices
{
    /// <summary>The services that a page registers, with the address of the fake for every client.</summary>
    public static ServiceProvider Provide(this FakeGitHub gitHub, Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        services.PostConfigureAll<GitHubIntegrationOptions>(options =>
        {
            options.ApiAddress = gitHub.Address;
            options.Resilience.BackoffBase = TimeSpan.Zero; // no test waits
        });
        return services.BuildServiceProvider();
    }
}
