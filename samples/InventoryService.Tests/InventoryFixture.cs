using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;

namespace InventoryService.Tests;

/// <summary>The service as it runs in production, on a GitHub in memory and a clock that stands still.</summary>
public sealed class InventoryFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public InventoryFixture(IReadOnlyDictionary<string, string>? permissions = null)
    {
        // snippet:set-up
        Time = new ManualTimeProvider();
        GitHub = FakeGitHub.InMemory(options => options.TimeProvider = Time);
        var app = GitHub.AddApp(appId: 7, clientId: "Iv1.inventory");
        Installation = GitHub.AddInstallation(app, installationId: 42, "acme", permissions: permissions);

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.ApiAddress = GitHub.Address;
                options.UseInstallation(app.ClientId, app.PrivateKeyPem, Installation.Id);
            })
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => GitHub.CreateHandler());
        // end-snippet
        services.AddSingleton(new GitHubWebhookReceiver(GitHub.Webhooks.Secret));
        services.AddSingleton<InventoryTaker>();
        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Time { get; }

    public FakeGitHub GitHub { get; }

    public FakeInstallation Installation { get; }

    public InventoryTaker Taker => _services.GetRequiredService<InventoryTaker>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
