using System.Collections.Frozen;

namespace InventoryService;

/// <summary>Tells a file's language by its name.</summary>
internal static class Languages
{
    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = "C#",
        [".fs"] = "F#",
        [".go"] = "Go",
        [".java"] = "Java",
        [".js"] = "JavaScript",
        [".md"] = "Markdown",
        [".py"] = "Python",
        [".rs"] = "Rust",
        [".ts"] = "TypeScript",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Of(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path), "Other");
}
