using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents.Copilot;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of a client of Copilot's coding agent, and names all that is wrong at once.</summary>
internal sealed class CopilotAgentOptionsValidator : IValidateOptions<CopilotAgentOptions>
{
    public ValidateOptionsResult Validate(string? name, CopilotAgentOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var failure in new[]
        {
            options.Address is { } address ? OptionRules.Address(address, nameof(options.Address), "https://api.githubcopilot.com") : null,
            string.IsNullOrWhiteSpace(options.EventType) ? "EventType is empty." : null,
            options.CustomAgent is { } agent && string.IsNullOrWhiteSpace(agent) ? "CustomAgent is empty; leave it null for Copilot's own." : null,
            OptionRules.Timeout(options.LaunchTimeout, nameof(options.LaunchTimeout)),
        }.OfType<string>())
        {
            builder.AddError($"The coding agent '{name}': {failure}");
        }

        return builder.Build();
    }
}
