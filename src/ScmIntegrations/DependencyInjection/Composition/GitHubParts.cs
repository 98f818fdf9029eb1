using Microsoft.Extensions.Options;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a client is put together of, and what the clients of its App's installations have from it: all but what belongs to a credential.</summary>
/// <param name="Services">The application's services.</param>
/// <param name="Label">The name in telemetry, which has no room for an empty one.</param>
/// <param name="HttpClientName">The <see cref="HttpClient"/> that goes to the host.</param>
/// <param name="Options">The options.</param>
/// <param name="Host">The host.</param>
/// <param name="Cache">What is remembered.</param>
/// <param name="App">The App's credential: its signer, and what it knows of GitHub's clock.</param>
internal sealed record GitHubParts(
    IServiceProvider Services,
    string Label,
    string HttpClientName,
    GitHubIntegrationOptions Options,
    GitHubHost Host,
    BoundedCache Cache,
    AppCredential? App)
{
    public static GitHubParts Of(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<GitHubIntegrationOptions>>().Get(name);
        var time = services.GetRequiredService<TimeProvider>();
        return new(
            services,
            name.Length == 0 ? "default" : name,
            GitHubComposition.HttpClientName(name),
            options,
            new GitHubHost(options.ApiAddress),
            new BoundedCache(time, options.Trees.CacheBytes),
            options.App is { } app ? new AppCredential(app.ClientId, app.Signer, time) : null);
    }

    /// <summary>The parts of an installation's client: the same but for the installation, and a part of the memory that nobody else reads.</summary>
    public GitHubParts For(long installationId) => this with { Options = Options.For(Options.App!, installationId), Cache = Cache.NewPart() };
}
