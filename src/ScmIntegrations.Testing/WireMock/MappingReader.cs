using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Reads one object of a mapping, property by property, and refuses whatever it does not know: a stub must not promise less than its file says.</summary>
/// <param name="Place">File and mapping, for messages.</param>
/// <param name="Path">The path of the object within the mapping; empty for the mapping itself.</param>
/// <param name="Element">The object.</param>
internal sealed record MappingReader(string Place, string Path, JsonElement Element)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The property, when it is there and not null.</summary>
    public JsonElement? Find(string name)
    {
        _read.Add(name);
        return Element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
    }

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : throw Wrong(name, "a string was due");

    public int? Number(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : throw Wrong(name, "a whole number was due");

    public bool? Flag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, "true or false was due");

    public MappingReader? Object(string name) => Find(name) is { } value ? Below(name, value) : null;

    /// <summary>The properties of an object whose names are anybody's, such as headers.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        return value.ValueKind is JsonValueKind.Object ? [.. value.EnumerateObject().Select(member => (member.Name, member.Value))] : throw Wrong(name, "an object was due");
    }

    public MappingReader Below(string name, JsonElement value) => value.ValueKind is JsonValueKind.Object
        ? new(Place, PathOf(name), value)
        : throw Wrong(name, "an object was due");

    /// <summary>Passes over what says nothing about requests and answers.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _read.Add(name);
        }
    }

    /// <summary>Refuses what nobody has read.</summary>
    /// <exception cref="WireMockMappingException">There is such a property.</exception>
    public void End()
    {
        foreach (var member in Element.EnumerateObject().Where(member => !_read.Contains(member.Name)))
        {
            throw Wrong(member.Name, "it is not served, and leaving it out would make another stub of it");
        }
    }

    public WireMockMappingException Wrong(string name, string why, Exception? cause = null) => new($"{Place}: {PathOf(name)}: {why}.", cause);

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
