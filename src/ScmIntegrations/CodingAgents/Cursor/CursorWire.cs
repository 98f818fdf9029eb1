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
[JsonSerializable(typeof(CursorRepositoryWire))]
[JsonSerializable(typeof(CursorGitWire))]
[JsonSerializable(typeof(CursorBranchWire))]
[JsonSerializable(typeof(CursorSourceWire))]
[JsonSerializable(typeof(CursorLegacyMadeWire))]
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
internal sealed record CursorRepositoryWire(
    [property: JsonConverter(typeof(LooseText))] string? Url,
    [property: JsonConverter(typeof(LooseText))] string? StartingRef);

/// <summary>An agent of the current API; its status says nothing about its work.</summary>
internal record CursorAgentWire
{
    [JsonConverter(typeof(LooseText))]
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Name { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Url { get; init; }

    [JsonConverter(typeof(LooseTime))]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonConverter(typeof(LooseTime))]
    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? LatestRunId { get; init; }

    [JsonConverter(typeof(LooseList<CursorRepositoryWire>))]
    public List<CursorRepositoryWire>? Repos { get; init; }
}

/// <summary>The answer to a launch: an agent and its run, or the agent alone with a status of its own.</summary>
internal sealed record CursorCreatedWire : CursorAgentWire
{
    [JsonConverter(typeof(LooseObject<CursorAgentWire>))]
    public CursorAgentWire? Agent { get; init; }

    [JsonConverter(typeof(LooseObject<CursorRunWire>))]
    public CursorRunWire? Run { get; init; }

    [JsonConverter(typeof(LooseWord))]
    public string? Status { get; init; }
}

/// <summary>A run.</summary>
internal sealed record CursorRunWire
{
    [JsonConverter(typeof(LooseText))]
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseWord))]
    public string? Status { get; init; }

    [JsonConverter(typeof(LooseTime))]
    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Result { get; init; }

    [JsonConverter(typeof(LooseObject<CursorGitWire>))]
    public CursorGitWire? Git { get; init; }
}

/// <summary>The answer to a further prompt.</summary>
internal sealed record CursorRunAnswerWire([property: JsonConverter(typeof(LooseObject<CursorRunWire>))] CursorRunWire? Run);

/// <summary>What an agent has pushed.</summary>
internal sealed record CursorGitWire([property: JsonConverter(typeof(LooseList<CursorBranchWire>))] List<CursorBranchWire>? Branches);

/// <summary>One branch, and its pull request.</summary>
internal sealed record CursorBranchWire(
    [property: JsonConverter(typeof(LooseText))] string? RepoUrl,
    [property: JsonConverter(typeof(LooseText))] string? Branch,
    [property: JsonConverter(typeof(LooseText))] string? PrUrl);

/// <summary>A page of agents.</summary>
internal sealed record CursorAgentPageWire([property: JsonConverter(typeof(LoosePage<CursorAgentWire>))] List<CursorAgentWire>? Items, string? NextCursor);

/// <summary>A page of runs.</summary>
internal sealed record CursorRunPageWire([property: JsonConverter(typeof(LoosePage<CursorRunWire>))] List<CursorRunWire>? Items);

/// <summary>A launch of the legacy API.</summary>
internal sealed record CursorLegacyLaunchWire(CursorPromptWire Prompt, string? Model, CursorSourceWire Source, CursorLegacyTargetWire Target, CursorWebhookWire? Webhook);

/// <summary>Where an agent of the legacy API starts.</summary>
internal sealed record CursorSourceWire(
    [property: JsonConverter(typeof(LooseText))] string? Repository,
    [property: JsonConverter(typeof(LooseText))] string? Ref);

/// <summary>What an agent of the legacy API is to make.</summary>
internal sealed record CursorLegacyTargetWire(string BranchName, bool AutoCreatePr)
{
    /// <summary>Lets the pull request be Cursor's App's, not the user's.</summary>
    public bool OpenAsCursorGithubApp { get; init; }
}

/// <summary>What an agent of the legacy API has made.</summary>
internal sealed record CursorLegacyMadeWire(
    [property: JsonConverter(typeof(LooseText))] string? Url,
    [property: JsonConverter(typeof(LooseText))] string? BranchName,
    [property: JsonConverter(typeof(LooseText))] string? PrUrl);

/// <summary>Where changes of status are sent. A class, because a record would print the secret.</summary>
internal sealed class CursorWebhookWire(string url, string secret)
{
    public string Url => url;

    public string Secret => secret;
}

/// <summary>An agent of the legacy API, and the body of a webhook.</summary>
internal sealed record CursorLegacyAgentWire
{
    [JsonConverter(typeof(LooseText))]
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Name { get; init; }

    [JsonConverter(typeof(LooseWord))]
    public string? Status { get; init; }

    [JsonConverter(typeof(LooseObject<CursorSourceWire>))]
    public CursorSourceWire? Source { get; init; }

    [JsonConverter(typeof(LooseObject<CursorLegacyMadeWire>))]
    public CursorLegacyMadeWire? Target { get; init; }

    [JsonConverter(typeof(LooseTime))]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Summary { get; init; }

    /// <summary>The event, in a webhook.</summary>
    public string? Event { get; init; }

    /// <summary>When it was sent, in a webhook.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>A page of agents of the legacy API.</summary>
internal sealed record CursorLegacyPageWire([property: JsonConverter(typeof(LoosePage<CursorLegacyAgentWire>))] List<CursorLegacyAgentWire>? Agents, string? NextCursor);
