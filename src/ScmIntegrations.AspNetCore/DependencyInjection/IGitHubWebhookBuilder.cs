namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the webhooks of one name further.</summary>
public interface IGitHubWebhookBuilder : IScmIntegrationsBuilder
{
    /// <summary>The name of the webhooks; empty for the default ones.</summary>
    string Name { get; }
}
