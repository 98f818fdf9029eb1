using System.Text.Json;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>What all events have in common, read tolerantly: what is absent or of another kind is not there.</summary>
internal readonly record struct WebhookEnvelope(JsonElement Root)
{
    public string? Action => Text(Root, "action");

    public long? InstallationId => Number(Member(Root, "installation"), "id");

    public RepositoryRef? Repository =>
        RepositoryRef.TryParse(Text(Member(Root, "repository"), "full_name"), out var repository) ? repository : null;

    public long? RepositoryId => Number(Member(Root, "repository"), "id");

    public string? DefaultBranch => Text(Member(Root, "repository"), "default_branch");

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;
}
