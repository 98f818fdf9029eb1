using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Reads the objects of a list and leaves out what is none; whatever stands in the place of the list is absent.</summary>
internal class LooseList<T> : JsonConverter<List<T>?>
    where T : class
{
    /// <summary>Whether something else than a list is an error.</summary>
    protected virtual bool IsDue => false;

    public override List<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.TrySkip();
            return IsDue ? throw new JsonException() : null;
        }

        var entry = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var entries = new List<T>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.TrySkip();
            }
            else if (JsonSerializer.Deserialize(ref reader, entry) is { } read)
            {
                entries.Add(read);
            }
        }

        return entries;
    }

    public override void Write(Utf8JsonWriter writer, List<T>? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Reads the list of a page as <see cref="LooseList{T}"/> does, but takes nothing else for it: it would look like an empty page.</summary>
internal sealed class LoosePage<T> : LooseList<T>
    where T : class
{
    protected override bool IsDue => true;
}
