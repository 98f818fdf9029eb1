using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Octokit;

namespace OctokitInterop.Tour;

/// <summary>What the steps work with: a GitHub, and the services of an application that speaks to it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Stage(TourGitHub gitHub, ServiceProvider services)
    {
        (GitHub, _services) = (gitHub, services);
        Interactions = new InteractionCounter(services.GetRequiredService<IMeterFactory>());
    }

    public TourGitHub GitHub { get; }

    public InteractionCounter Interactions { get; }

    public IssueBoard Board => _services.GetRequiredService<IssueBoard>();

    public InteractionIssueBoard InteractionBoard => _services.GetRequiredService<InteractionIssueBoard>();

    public IOctokitIntegrationClient Octokit => _services.GetRequiredService<IOctokitIntegrationClient>();

    public static async Task<Stage> OpenAsync(CancellationToken cancellationToken)
    {
        var gitHub = await TourGitHub.StartAsync(cancellationToken);
        var services = new ServiceCollection();
        Registration.Register(services, gitHub.App.ClientId, gitHub.App.PrivateKeyPem, TourGitHub.InstallationId);

        // All that differs from a service in production: where its GitHub is.
        services.PostConfigureAll<GitHubIntegrationOptions>(options => options.ApiAddress = gitHub.Server.Address);
        return new Stage(gitHub, services.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        Interactions.Dispose();
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
