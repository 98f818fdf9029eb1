using System.Text.Json;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>Short ways to read a line.</summary>
internal static class JsonElementExtensions
{
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static bool IsNull(this JsonElement element, string name) => element.GetProperty(name).ValueKind is JsonValueKind.Null;

    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
