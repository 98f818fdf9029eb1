using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Testing;

/// <summary>The wire in small: values of enumerations by number, and what is read of a request.</summary>
internal static class ScalekitWire
{
    public static ImmutableArray<string> Statuses { get; } =
        ["CONNECTOR_STATUS_UNSPECIFIED", "ACTIVE", "EXPIRED", "PENDING_AUTH", "PENDING_VERIFICATION", "DISCONNECTED"];

    public static ImmutableArray<string> AuthorizationTypes { get; } =
        ["CONNECTOR_TYPE_UNSPECIFIED", "OAUTH", "API_KEY", "BASIC_AUTH", "BEARER_TOKEN", "CUSTOM", "BASIC", "OAUTH_M2M", "TRELLO_OAUTH1", "GOOGLE_DWD", "TRUSTED_IDP", "SMART_FHIR", "NO_AUTH"];

    /// <summary>The authorization type of a kind of credential.</summary>
    public static string TypeOf(string kind) => kind switch
    {
        "oauth_token" => "OAUTH",
        "static_auth" => "API_KEY",
        "google_dwd" => "GOOGLE_DWD",
        "trusted_idp" => "TRUSTED_IDP",
        _ => "CUSTOM",
    };

    /// <summary>A JSON object; <see langword="null"/> when the text is none.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An object to be taken over.</summary>
    /// <exception cref="ArgumentException">The text is there, and no JSON object.</exception>
    public static JsonObject? Object(string? json) =>
        json is null ? null : Parse(json) is { } element ? JsonObject.Create(element) : throw new ArgumentException($"'{json}' is no JSON object.", nameof(json));

    /// <summary>A field that is an object.</summary>
    public static JsonObject? Object(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? JsonObject.Create(value) : null;

    /// <summary>A field that is a text and not empty.</summary>
    public static string? Text(JsonElement? element, string name) =>
        element is { } one && one.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
