namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>What the body of a service's error says. Every text in it has been cleaned.</summary>
/// <param name="Code">The service's code, for example <c>agent_busy</c>; <see langword="null"/> when it gave none.</param>
/// <param name="Message">The message that can be shown; <see langword="null"/> when there is none.</param>
/// <param name="IsServices">Whether it is in one of the forms that a service's own errors have, and not a page, a text or JSON of anybody on the way.</param>
internal sealed record AgentErrorBody(string? Code, string? Message, bool IsServices)
{
    /// <summary>Nothing that could be read.</summary>
    public static AgentErrorBody Nothing { get; } = new(null, null, IsServices: false);
}
