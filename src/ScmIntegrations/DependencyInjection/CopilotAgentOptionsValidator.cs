using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents.Copilot;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a client of Copilot's coding agent, and names all that is wrong at once.</summary>
internal sealed class CopilotAgentOptionsValidator : IValidateOptions<CopilotAgentOptions>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, CopilotAgentOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in new[]
        {
            options.Address is { } address ? GitHubIntegrationOptionsValidator.Address(address, nameof(options.Address)) : null,
            string.IsNullOrWhiteSpace(options.EventType) ? "EventType is empty." : null,
            options.CustomAgent is { } agent && string.IsNullOrWhiteSpace(agent) ? "CustomAgent is empty; leave it null for Copilot's own." : null,
            options.LaunchTimeout >= Second && options.LaunchTimeout <= Hour ? null : $"LaunchTimeout is {options.LaunchTimeout}; it is from {Second} to {Hour}.",
        }.OfType<string>())
        {
            builder.AddError($"The coding agent '{name}': {failure}");
        }

        return builder.Build();
    }
}
