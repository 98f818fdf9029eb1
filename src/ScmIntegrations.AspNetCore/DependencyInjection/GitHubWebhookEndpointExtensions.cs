using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.AspNetCore.Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives GitHub's webhooks an address.</summary>
public static class GitHubWebhookEndpointExtensions
{
    /// <summary>
    /// Maps the address to which GitHub sends deliveries (POST, <c>application/json</c>). Each is verified over its raw bytes, known again when it
    /// comes twice, told to all clients so that they forget what it makes untrue, and given to the handlers.
    /// </summary>
    /// <remarks>
    /// Anonymous callers are let in, whatever the application's fallback policy says, and no anti-forgery token is asked for: the signature is the
    /// proof. Answers are 202 for what was accepted, 401 for a signature, 400, 408, 413 and 415 for what cannot be read, 500 where a handler
    /// failed in time, and 503 where there is no room or no valid configuration; GitHub shows all but the first as failed.
    /// </remarks>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The address, for example <c>/github/webhooks</c>.</param>
    /// <param name="name">The name given to <c>AddGitHubWebhooks</c>; empty for the default ones.</param>
    /// <returns>The endpoint, for conventions of your own such as rate limiting or a host name.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">No webhooks are registered under the name.</exception>
    public static IEndpointConventionBuilder MapGitHubWebhooks(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string name = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(name);
        var services = endpoints.ServiceProvider;
        if (!services.GetServices<WebhookEndpointName>().Any(endpoint => endpoint.Name.Equals(name, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException(
                name.Length == 0
                    ? "No GitHub webhooks are registered. Call services.AddScmIntegrations().AddGitHubWebhooks(…) first."
                    : $"No GitHub webhooks are registered under the name '{name}'. Call services.AddScmIntegrations().AddGitHubWebhooks(\"{name}\", …) first.");
        }

        return endpoints.MapPost(pattern, context => services.GetRequiredKeyedService<WebhookEndpoint>(name).HandleAsync(context))
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithDisplayName(name.Length == 0 ? "GitHub webhooks" : $"GitHub webhooks '{name}'");
    }
}
