using System.Text.Json;

namespace ScmIntegrations.ToolGateways;

/// <summary>Looks into JSON that may be anything. What is absent, <c>null</c>, of another kind or no text at all is <see langword="null"/>.</summary>
internal static class ForeignJson
{
    /// <summary>The first of the names that is there and not <c>null</c>: gateways write a field in snake_case or lowerCamelCase.</summary>
    public static JsonElement? Find(JsonElement element, string snake, string camel) =>
        element.ValueKind is not JsonValueKind.Object ? null
        : element.TryGetProperty(snake, out var value) && value.ValueKind is not JsonValueKind.Null ? value
        : element.TryGetProperty(camel, out value) && value.ValueKind is not JsonValueKind.Null ? value
        : null;

    /// <inheritdoc cref="Find(JsonElement, string, string)"/>
    public static JsonElement? Find(JsonElement element, string name) => Find(element, name, name);

    /// <summary>A text that is not blank.</summary>
    public static string? Text(JsonElement? element) => Read(element) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Whether it is a text that can be read, blank or not.</summary>
    public static bool IsText(JsonElement element) => Read(element) is not null;

    private static string? Read(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Sound JSON whose text is none: bytes that are no UTF-8, or half a surrogate pair.
            return null;
        }
    }
}
