using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>The fields of a credential as JSON: what is absent is left out when written, and <see langword="null"/> when read.</summary>
internal static class CredentialFields
{
    public static JsonObject With(this JsonObject fields, string name, SecretText? secret) => fields.With(name, secret?.Value);

    public static JsonObject With(this JsonObject fields, string name, DateTimeOffset? time) => fields.With(name, time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    public static JsonObject With(this JsonObject fields, string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            fields[name] = JsonValue.Create(text);
        }

        return fields;
    }

    public static JsonObject With(this JsonObject fields, string name, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 })
        {
            fields[name] = new JsonArray([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
        }

        return fields;
    }

    /// <summary>A secret; what is not a text, such as a number or an object, is its JSON.</summary>
    public static SecretText? Secret(this JsonObject fields, string name) =>
        (fields.Text(name) ?? (fields[name] is { } other and not JsonValue { } ? other.ToJsonString() : null)) is { } text ? new SecretText(text) : null;

    public static string? Text(this JsonObject fields, string name) =>
        fields[name] is JsonValue value && (value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public static DateTimeOffset? Time(this JsonObject fields, string name) =>
        DateTimeOffset.TryParse(fields.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static IReadOnlyList<string>? Texts(this JsonObject fields, string name) =>
        fields[name] is JsonArray list ? [.. list.Select(item => item is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null).OfType<string>()] : null;
}
