using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>The API configuration of an account: a JSON object whose fields are set one by one.</summary>
internal static class ApiConfiguration
{
    /// <summary>Refuses what is no JSON object.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static void Check(JsonElement? supplied, string parameter)
    {
        if (supplied is { ValueKind: not JsonValueKind.Object } other)
        {
            throw new ArgumentException($"The API configuration is a JSON object; this one is of kind {other.ValueKind}.", parameter);
        }
    }

    /// <summary>The configuration after the supplied fields are set: the same text when nothing changes.</summary>
    public static string? Merge(string? present, JsonElement? supplied)
    {
        if (supplied is null || !supplied.Value.EnumerateObject().Any())
        {
            return present;
        }

        var merged = (JsonObject)JsonNode.Parse(present ?? "{}")!;
        var isChanged = present is null;
        foreach (var field in JsonObject.Create(supplied.Value)!)
        {
            if (!merged.TryGetPropertyValue(field.Key, out var value) || !JsonNode.DeepEquals(value, field.Value))
            {
                isChanged = true;
                merged[field.Key] = field.Value?.DeepClone();
            }
        }

        return isChanged ? merged.ToJsonString() : present;
    }

    /// <summary>The configuration as it is shown.</summary>
    public static JsonElement? Read(string? stored)
    {
        if (stored is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(stored);
        return document.RootElement.Clone();
    }
}
