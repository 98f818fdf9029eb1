using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a client of GitHub's token endpoints together: the client over a line of its own.</summary>
internal static class GitHubUserTokenComposition
{
    public static IGitHubUserTokens Compose(IServiceProvider services, string name)
    {
        var options = OptionsOf(services, name);
        var time = services.GetRequiredService<TimeProvider>();
        var telemetry = services.GetRequiredService<InteractionTelemetry>();
        var httpClients = services.GetRequiredService<IHttpClientFactory>();
        var host = HostOf(options);

        // Telemetry has no room for an empty name.
        var label = name.Length == 0 ? "default" : name;
        var calls = new CallPipeline(options.Resilience, time, new RetryBudget(), error => telemetry.CountRetry(label, error.Reason));
        return new GitHubUserTokens(host, options, new UserTokenLine(host, options, calls, () => httpClients.CreateClient(HttpClientName(name)), time), time);
    }

    /// <summary>The name of a client's <see cref="HttpClient"/> in <see cref="IHttpClientFactory"/>.</summary>
    public static string HttpClientName(string name) => name.Length == 0 ? "ScmIntegrations.GitHub.UserTokens" : "ScmIntegrations.GitHub.UserTokens:" + name;

    /// <summary>Where the pages are that tokens are got from.</summary>
    public static Uri WebAddress(IServiceProvider services, string name) => HostOf(OptionsOf(services, name)).WebAddress;

    private static GitHubHost HostOf(GitHubUserTokenOptions options) => new(options.ApiAddress, options.WebAddress?.WithFinalSlash());

    private static GitHubUserTokenOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<GitHubUserTokenOptions>>().Get(name);
}
