using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what receives GitHub's webhooks. <c>MapGitHubWebhooks</c> gives them an address.</summary>
public static class GitHubWebhookBuilderExtensions
{
    /// <summary>Registers the default webhooks. Calling it again adds to the options.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options; a secret at least.</param>
    /// <returns>A builder for handlers.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder AddGitHubWebhooks(this IScmIntegrationsBuilder builder, Action<GitHubWebhookOptions> configure) =>
        builder.AddGitHubWebhooks(Options.Options.DefaultName, configure);

    /// <summary>Registers webhooks of a name, for another App: each has its own address, secrets, queue and handlers.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The name. It becomes a telemetry tag, so it comes from a closed set.</param>
    /// <param name="configure">Sets the options; a secret at least. Registering a name again adds to its options.</param>
    /// <returns>A builder for handlers.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder AddGitHubWebhooks(this IScmIntegrationsBuilder builder, string name, Action<GitHubWebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var added = Add(builder, name);
        added.Services.Configure(name, configure);
        return added;
    }

    /// <summary>Registers the default webhooks with options from configuration, for example <c>Secrets:0</c> and <c>AnswerTimeout</c>. A reload is seen.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>A builder for handlers.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder AddGitHubWebhooks(this IScmIntegrationsBuilder builder, IConfiguration section) =>
        builder.AddGitHubWebhooks(Options.Options.DefaultName, section);

    /// <summary>Registers webhooks of a name with options from configuration. A reload is seen.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The name. It becomes a telemetry tag, so it comes from a closed set.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>A builder for handlers.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder AddGitHubWebhooks(this IScmIntegrationsBuilder builder, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var added = Add(builder, name);
        added.Services.AddOptions<GitHubWebhookOptions>(name).Bind(section);
        return added;
    }

    /// <summary>Adds a handler for the events of these webhooks, made anew for every delivery. One that is registered as <see cref="IGitHubWebhookHandler"/> without a key handles those of all.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="builder">The webhooks' builder.</param>
    /// <returns>The builder. Adding the same handler again does no harm.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this IGitHubWebhookBuilder builder)
        where THandler : class, IGitHubWebhookHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.KeyedScoped<IGitHubWebhookHandler, THandler>(builder.Name));
        return builder;
    }

    /// <summary>Calls a delegate for the events of one type.</summary>
    /// <typeparam name="TEvent">The type, for example <see cref="GitHubPushEvent"/>; <see cref="GitHubWebhookEvent"/> for all.</typeparam>
    /// <param name="builder">The webhooks' builder.</param>
    /// <param name="handle">The delegate: the delivery's services, the event, and a token as in <see cref="IGitHubWebhookHandler.HandleAsync"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder On<TEvent>(this IGitHubWebhookBuilder builder, Func<IServiceProvider, TEvent, CancellationToken, Task> handle)
        where TEvent : GitHubWebhookEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handle);
        builder.Services.AddKeyedScoped<IGitHubWebhookHandler>(builder.Name, (services, _) => new DelegateHandler<TEvent>(services, handle));
        return builder;
    }

    /// <summary>
    /// Disconnects the connected accounts (<see cref="IConnectedAccounts.DisconnectAsync"/>) of a user who has taken back what the App was
    /// allowed to do. Needs <c>AddConnectedAccounts</c>.
    /// </summary>
    /// <param name="builder">The webhooks' builder.</param>
    /// <param name="identities">Says which accounts the user is: the delivery's services, the event with the user's id and login, and a token. Only the application knows.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IGitHubWebhookBuilder DisconnectRevokedAccounts(
        this IGitHubWebhookBuilder builder,
        Func<IServiceProvider, GitHubAppAuthorizationEvent, CancellationToken, Task<IEnumerable<AccountIdentity>>> identities)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(identities);
        builder.Services.AddKeyedScoped<IGitHubWebhookHandler>(
            builder.Name,
            (services, _) => new DisconnectingHandler(services, services.GetRequiredService<IConnectedAccounts>(), identities));
        return builder;
    }

    private static Builder Add(IScmIntegrationsBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<GitHubWebhookOptions>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GitHubWebhookOptions>, GitHubWebhookOptionsValidator>());
        services.TryAddSingleton(static provider => new WebhookLog(provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookService>());
        if (!services.Any(service => service.IsKeyedService && service.ServiceType == typeof(DeliveryQueue) && name.Equals(service.ServiceKey)))
        {
            services.AddSingleton(new WebhookEndpointName(name));
            services.AddKeyedSingleton(name, static (provider, key) => WebhookComposition.ComposeQueue(provider, (string)key!));
            services.AddKeyedSingleton(name, static (provider, key) => WebhookComposition.ComposeEndpoint(provider, (string)key!));
        }

        return new(services, name);
    }

    private sealed record Builder(IServiceCollection Services, string Name) : IGitHubWebhookBuilder;
}
