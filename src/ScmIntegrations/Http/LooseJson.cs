using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Http;

/// <summary>Reads JSON whose fields come and go, and change their kind: what is not as expected is as if it were absent.</summary>
internal static class LooseJson
{
    /// <summary>The first of these fields that is a text with something in it, or a number.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Field(name) is { } field && Text(field) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The first of these fields that is there and not <c>null</c>, whatever it is.</summary>
    public static JsonElement? Any(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Field(name) is { ValueKind: not JsonValueKind.Null } field)
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>The first of these fields that is a time.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }
        }

        return null;
    }

    /// <summary>A field that is an object.</summary>
    public static JsonElement? Object(this JsonElement element, string name) => element.Field(name) is { ValueKind: JsonValueKind.Object } field ? field : null;

    /// <summary>The objects in a field that is a list; none when it is something else.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name) => element.Field(name) is { } list ? list.Objects() : [];

    /// <summary>The objects in a list; none when it is something else.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement list) =>
        list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object) : [];

    /// <summary>The fields of an object that are texts, by name; what cannot be read is left out.</summary>
    public static Dictionary<string, string> Texts(this JsonElement element)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
        {
            if (field.Value.ValueKind is JsonValueKind.String && Text(field.Value) is { } text && NameOf(field) is { } name)
            {
                texts[name] = text;
            }
        }

        return texts;
    }

    private static JsonElement? Field(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;
        }
        catch (InvalidOperationException)
        {
            // A name beside it is no text.
            return element.EnumerateObject().Where(field => name.Equals(NameOf(field), StringComparison.Ordinal)).Select(field => (JsonElement?)field.Value).LastOrDefault();
        }
    }

    private static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement field)
    {
        try
        {
            return field.ValueKind switch
            {
                JsonValueKind.String => field.GetString(),
                JsonValueKind.Number => field.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Sound JSON whose text is not: bytes that are no UTF-8, or half a surrogate pair.
            return null;
        }
    }
}
