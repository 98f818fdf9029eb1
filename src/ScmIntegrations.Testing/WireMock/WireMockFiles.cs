using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Finds mapping files and reads them.</summary>
internal static class WireMockFiles
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The mappings in the order in which they are asked: by priority, and the later one first.</summary>
    public static IReadOnlyList<WireMockMapping> Read(string path)
    {
        var files = Find(path);
        var scenarios = new WireMockScenarios();
        var bodies = new WireMockBodies(path);
        return [.. files
            .SelectMany(file => ReadFile(file, scenarios, bodies))
            .Reverse()
            .OrderBy(mapping => mapping.Priority)];
    }

    private static string[] Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        var mappings = Path.Combine(path, "mappings");
        var folder = Directory.Exists(mappings) ? mappings : path;
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(file => !WireMockBodies.IsBelowFiles(folder, file)).Order(StringComparer.Ordinal)]
            : throw new FileNotFoundException($"There is neither a mapping file nor a folder of them at '{path}'.", path);
    }

    private static IEnumerable<WireMockMapping> ReadFile(string file, WireMockScenarios scenarios, WireMockBodies bodies)
    {
        using var document = Parse(file);
        try
        {
            return ReadMappings(file, document.RootElement, scenarios, bodies);
        }
        catch (InvalidOperationException exception)
        {
            // The only one that reading what is sound JSON throws.
            throw new WireMockMappingException($"{file}: it holds a text with half a surrogate pair. {exception.Message}", exception);
        }
    }

    private static IEnumerable<WireMockMapping> ReadMappings(string file, JsonElement root, WireMockScenarios scenarios, WireMockBodies bodies)
    {
        var mappings = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("mappings", out var list) ? list : root;
        if (mappings.ValueKind is JsonValueKind.Object)
        {
            return [WireMockMapping.Read(new(Place(file, mappings, null), "", mappings), scenarios, bodies)];
        }

        if (mappings.ValueKind is not JsonValueKind.Array)
        {
            throw new WireMockMappingException($"{file}: a mapping was due, or an object with 'mappings'.");
        }

        return [.. mappings.EnumerateArray().Select((mapping, index) => mapping.ValueKind is JsonValueKind.Object
            ? WireMockMapping.Read(new(Place(file, mapping, index), "", mapping), scenarios, bodies)
            : throw new WireMockMappingException($"{Place(file, mapping, index)}: an object was due."))];
    }

    private static JsonDocument Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(file).AsMemory() is var bytes && bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, Lenient);
        }
        catch (JsonException exception)
        {
            throw new WireMockMappingException($"{file}: not JSON. {exception.Message}", exception);
        }
    }

    /// <summary>File, and the mapping's name, id or place.</summary>
    private static string Place(string file, JsonElement mapping, int? index)
    {
        var names = mapping.ValueKind is not JsonValueKind.Object ? [] : ((string[])["name", "id", "uuid"])
            .Select(name => mapping.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null)
            .OfType<string>();
        var numbered = index is { } at ? string.Create(CultureInfo.InvariantCulture, $", mapping {at + 1}") : "";
        return names.FirstOrDefault() is { } called ? $"{file}{numbered} '{called}'" : file + numbered;
    }
}
