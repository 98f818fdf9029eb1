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

    /// <summary>The account that an event is about: the one it names, the organisation's, or the repository's owner's.</summary>
    public string? Account => Text(Member(Root, "account"), "login") ?? Text(Member(Root, "organization"), "login") ?? Repository?.Owner;

    /// <summary>The login that the account had before.</summary>
    public string? PreviousAccount => Text(Member(Member(Member(Root, "changes"), "login"), "from"));

    /// <summary>The id of the user who did it.</summary>
    public long? SenderId => Number(Member(Root, "sender"), "id");

    /// <summary>The login of the user who did it.</summary>
    public string? SenderLogin => Text(Member(Root, "sender"), "login");

    /// <summary>The ref that is made or removed.</summary>
    public string? Ref => Text(Root, "ref");

    /// <summary>What kind of ref it is.</summary>
    public string? RefType => Text(Root, "ref_type");

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) => Text(Member(element, name));

    private static string? Text(JsonElement element) => element is { ValueKind: JsonValueKind.String } ? element.GetString() : null;

    private static long? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;
}
