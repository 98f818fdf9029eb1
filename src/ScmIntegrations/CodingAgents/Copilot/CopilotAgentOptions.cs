namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>The options of one client of GitHub Copilot's coding agent. Read once, when the client is made.</summary>
public sealed class CopilotAgentOptions
{
    /// <summary>
    /// Where the agent's tasks are asked for, when that is not the GitHub client's own API. The GitHub client's credential then goes to this
    /// origin too, for the agent's requests only; pull requests are looked up at GitHub as before. Its <see cref="HttpClient"/> is named
    /// <c>ScmIntegrations.CodingAgents:</c> and the agent's name, for handlers of yours.
    /// </summary>
    /// <value><see langword="null"/> by default, for the GitHub client's own API. Https, or http to this machine.</value>
    public Uri? Address { get; set; }

    /// <summary>Whether a launch is sent as the API had it before it was documented (<c>problem_statement</c>, <c>event_type</c>). Answers of both kinds are read whatever is sent.</summary>
    /// <value><see langword="null"/> by default: only for the host <c>api.githubcopilot.com</c>.</value>
    public bool? SendsOlderBody { get; set; }

    /// <summary>What a launch is said to come from in the older body (<c>event_type</c>).</summary>
    /// <value><c>scm_integrations</c> by default; not empty.</value>
    public string EventType { get; set; } = "scm_integrations";

    /// <summary>The custom agent of the repository that does the work, by its name; <see langword="null"/> for Copilot's own.</summary>
    public string? CustomAgent { get; set; }

    /// <summary>How long one attempt at a launch may take. The deadline of the whole call is the GitHub client's.</summary>
    /// <value>60 seconds by default; from 10 milliseconds to 1 hour.</value>
    public TimeSpan LaunchTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
