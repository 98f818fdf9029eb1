using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>The shapes on the wire, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CursorLaunchWire))]
[JsonSerializable(typeof(CursorLegacyLaunchWire))]
[JsonSerializable(typeof(CursorFollowUpWire))]
[JsonSerializable(typeof(CursorCreatedWire))]
[JsonSerializable(typeof(CursorAgentWire))]
[JsonSerializable(typeof(CursorRunWire))]
[JsonSerializable(typeof(CursorRunAnswerWire))]
[JsonSerializable(typeof(CursorAgentPageWire))]
[JsonSerializable(typeof(CursorRunPageWire))]
[JsonSerializable(typeof(CursorLegacyAgentWire))]
[JsonSerializable(typeof(CursorLegacyPageWire))]
[JsonSerializable(typeof(CursorModelsWire))]
[JsonSerializable(typeof(CursorLegacyModelsWire))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CursorJsonContext : JsonSerializerContext;

/// <summary>What to do.</summary>
internal sealed record CursorPromptWire(string Text);

/// <summary>A further prompt.</summary>
internal sealed record CursorFollowUpWire(CursorPromptWire Prompt);

/// <summary>A model by its id.</summary>
internal sealed record CursorModelWire(string Id);

/// <summary>A launch of the current API.</summary>
internal sealed record CursorLaunchWire(CursorPromptWire Prompt, CursorModelWire? Model, List<CursorRepositoryWire> Repos, string AgentId)
{
    [JsonPropertyName("autoCreatePR")]
    public bool AutoCreatePullRequest { get; init; }
}

/// <summary>A repository, in a launch and in an agent.</summary>
internal sealed record CursorRepositoryWire(string? Url, string? StartingRef);

/// <summary>The answer to a launch.</summary>
internal sealed record CursorCreatedWire(CursorAgentWire? Agent, CursorRunWire? Run);

/// <summary>An agent of the current API; its status says nothing about its work.</summary>
internal sealed record CursorAgentWire(string? Id, string? Name, string? Url, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, string? LatestRunId, List<CursorRepositoryWire?>? Repos);

/// <summary>A run.</summary>
internal sealed record CursorRunWire(string? Id, string? Status, DateTimeOffset? UpdatedAt, string? Result, CursorGitWire? Git);

/// <summary>The answer to a further prompt.</summary>
internal sealed record CursorRunAnswerWire(CursorRunWire? Run);

/// <summary>What an agent has pushed.</summary>
internal sealed record CursorGitWire(List<CursorBranchWire?>? Branches);

/// <summary>One branch, and its pull request.</summary>
internal sealed record CursorBranchWire(string? RepoUrl, string? Branch, string? PrUrl);

/// <summary>A page of agents.</summary>
internal sealed record CursorAgentPageWire(List<CursorAgentWire?>? Items, string? NextCursor);

/// <summary>A page of runs.</summary>
internal sealed record CursorRunPageWire(List<CursorRunWire?>? Items);

/// <summary>The models; each an object with an id, or the id alone.</summary>
internal sealed record CursorModelsWire(List<JsonElement>? Items);

/// <summary>The models of the legacy API.</summary>
internal sealed record CursorLegacyModelsWire(List<string?>? Models);

/// <summary>A launch of the legacy API.</summary>
internal sealed record CursorLegacyLaunchWire(CursorPromptWire Prompt, string? Model, CursorSourceWire Source, CursorLegacyTargetWire Target, CursorWebhookWire? Webhook);

/// <summary>Where an agent of the legacy API starts.</summary>
internal sealed record CursorSourceWire(string? Repository, string? Ref);

/// <summary>What an agent of the legacy API makes.</summary>
internal sealed record CursorLegacyTargetWire
{
    public string? Url { get; init; }

    public string? BranchName { get; init; }

    public string? PrUrl { get; init; }

    public bool? AutoCreatePr { get; init; }

    /// <summary>Lets the pull request be Cursor's App's, not the user's.</summary>
    public bool? OpenAsCursorGithubApp { get; init; }
}

/// <summary>Where changes of status are sent. A class, because a record would print the secret.</summary>
internal sealed class CursorWebhookWire(string url, string secret)
{
    public string Url => url;

    public string Secret => secret;
}

/// <summary>An agent of the legacy API, and the body of a webhook.</summary>
internal sealed record CursorLegacyAgentWire(string? Id, string? Name, string? Status, CursorSourceWire? Source, CursorLegacyTargetWire? Target, DateTimeOffset? CreatedAt, string? Summary)
{
    /// <summary>The event, in a webhook.</summary>
    public string? Event { get; init; }

    /// <summary>When it was sent, in a webhook.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>A page of agents of the legacy API.</summary>
internal sealed record CursorLegacyPageWire(List<CursorLegacyAgentWire?>? Agents, string? NextCursor);
