using ScmIntegrations.GitHub;

namespace AgentDesk.Api;

/// <summary>What the page asks for.</summary>
/// <param name="Agent">The agent's name, <c>github_copilot</c> or <c>cursor</c>.</param>
/// <param name="Prompt">What the agent is to do.</param>
/// <param name="Repositories">Where.</param>
/// <param name="Key">Names this launch. The page makes it, so that the same click sent twice starts nothing twice.</param>
internal sealed record LaunchOrder(string? Agent, string? Prompt, IReadOnlyList<string>? Repositories, string? Key)
{
    public const int LongestPrompt = 10_000;
    public const int MostRepositories = 50;
    public const int LongestKey = 64;

    /// <summary>What is wrong with it, by field; empty when nothing is.</summary>
    public Dictionary<string, string[]> Mistakes()
    {
        var mistakes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Require("agent", Agents.Names.Contains(Agent, StringComparer.Ordinal), $"Choose an agent: {string.Join(" or ", Agents.Names)}.");
        Require("prompt", !string.IsNullOrWhiteSpace(Prompt), "Say what the agent is to do.");
        Require("prompt", Prompt is not { Length: > LongestPrompt }, $"The prompt has {Prompt?.Length} characters; it has at most {LongestPrompt}.");
        Require("repositories", Repositories is { Count: > 0 and <= MostRepositories }, $"Choose 1 to {MostRepositories} repositories.");
        Require("repositories", Repositories is null || Repositories.All(name => RepositoryRef.TryParse(name, out _)), "A repository is OWNER/NAME.");
        Require("key", Key is null || (Key.Length is > 0 and <= LongestKey && Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')), $"A key has 1 to {LongestKey} letters, digits and hyphens.");
        return mistakes;

        void Require(string field, bool isKept, string sentence)
        {
            if (!isKept)
            {
                mistakes[field] = [sentence];
            }
        }
    }
}
