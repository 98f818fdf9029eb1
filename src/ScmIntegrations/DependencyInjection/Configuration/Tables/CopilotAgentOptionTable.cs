using ScmIntegrations.CodingAgents.Copilot;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The options of a client of Copilot's coding agent.</summary>
internal static class CopilotAgentOptionTable
{
    public static OptionTable<CopilotAgentOptions> Table { get; } = new(
        name => $"The coding agent '{name}'",
        [
            Row("Address", AddressKinds.Optional("https://api.githubcopilot.com"), options => options.Address, (options, value) => options.Address = value, "Where the tasks are asked for, when that is not the GitHub client's own API."),
            Row("SendsOlderBody", OptionKinds.OptionalFlag, options => options.SendsOlderBody, (options, value) => options.SendsOlderBody = value, "Whether a launch is sent as the API had it before it was documented; unless it is said, only for `api.githubcopilot.com`."),
            Row("EventType", OptionKinds.Text("not empty", EventType), options => options.EventType, (options, value) => options.EventType = value, "What a launch is said to come from in the older body."),
            Row("CustomAgent", OptionKinds.OptionalText("not empty", CustomAgent), options => options.CustomAgent, (options, value) => options.CustomAgent = value, "The custom agent of the repository that does the work."),
            Row("LaunchTimeout", OptionKinds.Timeout, options => options.LaunchTimeout, (options, value) => options.LaunchTimeout = value, "How long one attempt at a launch may take."),
        ]);

    private static string? EventType(string? value, string name) => string.IsNullOrWhiteSpace(value) ? $"{name} is empty." : null;

    private static string? CustomAgent(string value, string name) => string.IsNullOrWhiteSpace(value) ? $"{name} is empty; leave it null for Copilot's own." : null;

    private static OptionRow<CopilotAgentOptions, T> Row<T>(string path, OptionKind<T> kind, Func<CopilotAgentOptions, T> get, Action<CopilotAgentOptions, T> set, string meaning) =>
        new(path, kind, get, set, meaning);
}
