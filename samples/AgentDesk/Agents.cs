using ScmIntegrations.CodingAgents;

namespace AgentDesk;

/// <summary>The agents of this application. A third is a line here and one in <see cref="CodingAgentServices"/>.</summary>
internal static class Agents
{
    public const string Copilot = "github_copilot";
    public const string Cursor = "cursor";

    /// <summary>The names, in the order in which the page offers them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Copilot, Cursor];

    /// <summary>What people call an agent.</summary>
    public static string TitleOf(string name) => name switch
    {
        Copilot => "GitHub Copilot",
        Cursor => "Cursor",
        _ => name,
    };

    /// <summary>An agent by its name.</summary>
    public static ICodingAgentClient Find(IServiceProvider services, string name) => services.GetRequiredKeyedService<ICodingAgentClient>(name);
}
