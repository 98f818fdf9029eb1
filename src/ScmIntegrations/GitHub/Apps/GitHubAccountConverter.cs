using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>
/// Reads an account that may be an enterprise, which has a slug in the place of a login: one such installation must not make a
/// whole list unreadable.
/// </summary>
internal sealed class GitHubAccountConverter : JsonConverter<GitHubAccount>
{
    public override GitHubAccount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var wire = JsonSerializer.Deserialize(ref reader, GitHubJson.Default.AccountWire);
        return wire is { Id: var id } && (wire.Login ?? wire.Slug) is { } name
            ? new GitHubAccount { Id = id, Login = name, Type = wire.Type }
            : throw new JsonException("The account has neither a login nor a slug.");
    }

    public override void Write(Utf8JsonWriter writer, GitHubAccount value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new AccountWire { Id = value.Id, Login = value.Login, Type = value.Type }, GitHubJson.Default.AccountWire);
}
