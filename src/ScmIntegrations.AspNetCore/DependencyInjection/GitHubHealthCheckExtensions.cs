using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ScmIntegrations.AspNetCore.HealthChecks;
using ScmIntegrations.GitHub;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of GitHub clients.</summary>
public static class GitHubHealthCheckExtensions
{
    /// <summary>
    /// Adds a check of a GitHub client: whether its credential serves, what is left of its limits, and whether its circuit is open. Nothing is asked
    /// of GitHub, unless <see cref="GitHubHealthCheckOptions.Probe"/> is set. Its data holds no secret.
    /// </summary>
    /// <remarks>Keep it out of liveness: GitHub's outage is not healed by a restart. A check can be chosen by its tag <c>github</c>.</remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default client.</param>
    /// <param name="configure">Sets the options; everything has a default.</param>
    /// <param name="checkName">The check's own name; <c>github</c>, or <c>github:</c> and the client's name, by default.</param>
    /// <param name="failureStatus">The status when the credential was refused; <see cref="HealthStatus.Unhealthy"/> by default.</param>
    /// <param name="tags">Tags to choose checks by; <c>github</c> by default.</param>
    /// <returns>The health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is <see langword="null"/>.</exception>
    public static IHealthChecksBuilder AddGitHub(
        this IHealthChecksBuilder builder,
        string name = "",
        Action<GitHubHealthCheckOptions>? configure = null,
        string? checkName = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        var check = checkName ?? (name.Length == 0 ? "github" : $"github:{name}");
        builder.Services.AddOptionsWithValidateOnStart<GitHubHealthCheckOptions>(check).Configure(configure ?? (static _ => { }));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GitHubHealthCheckOptions>, GitHubHealthCheckOptionsValidator>());

        // One for the life of the application: it remembers the last probe.
        builder.Services.TryAddKeyedSingleton(check, (services, _) => new GitHubHealthCheck(
            services.GetRequiredService<IGitHubIntegrationClientFactory>(),
            name,
            new GitHubProbe(services.GetRequiredService<IGitHubIntegrationClientFactory>(), name, services.GetRequiredService<TimeProvider>()),
            services.GetRequiredService<IOptionsMonitor<GitHubHealthCheckOptions>>(),
            services.GetRequiredService<TimeProvider>()));
        return builder.Add(new HealthCheckRegistration(check, services => services.GetRequiredKeyedService<GitHubHealthCheck>(check), failureStatus, tags ?? ["github"]));
    }
}
