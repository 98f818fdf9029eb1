using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace Quickstart.Tour;

/// <summary>The first screen of the README, word for word: it is quoted from here, so it compiles and a test runs it.</summary>
internal static class FirstScreen
{
    public static async Task RunAsync(IServiceCollection services, string clientId, string privateKeyPem, long installationId, CancellationToken cancellationToken)
    {
        // snippet:first-screen
        services.AddScmIntegrations().AddGitHub(gitHub => gitHub.UseInstallation(clientId, privateKeyPem, installationId));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IGitHubIntegrationClient>();

        await foreach (var scan in client.ScanTreesAsync(cancellationToken: cancellationToken))
        {
            Console.WriteLine($"{scan.Repository}: {scan.Status}, {scan.Tree?.Count} entries");
        }

        try { await client.GetTreeAsync(new RepositoryRef("acme/empty"), cancellationToken: cancellationToken); }
        catch (ScmEmptyRepositoryException) { Console.WriteLine("No commit yet."); } // expected: recorded as a halt
        catch (ScmRateLimitException limit) { Console.WriteLine($"Ask again at {limit.RetryAt:u}."); } // surfaced at once
        catch (ScmPermissionException denied) { Console.WriteLine($"Missing: {denied.Error.AcceptedPermissions}. Grant it: {denied.FixUrl}"); }
        // end-snippet
    }
}
