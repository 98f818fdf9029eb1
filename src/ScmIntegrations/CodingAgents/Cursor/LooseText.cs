using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Reads a text; whatever else stands in its place is absent, so that one odd member does not spoil an answer.</summary>
internal class LooseText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            return ReadOther(ref reader);
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Sound JSON whose text is none, such as half a surrogate pair.
            return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>Goes past what is no text.</summary>
    protected virtual string? ReadOther(ref Utf8JsonReader reader)
    {
        reader.TrySkip();
        return null;
    }
}

/// <summary>Reads a word as <see cref="LooseText"/> does; a number is a word too.</summary>
internal sealed class LooseWord : LooseText
{
    protected override string? ReadOther(ref Utf8JsonReader reader) =>
        reader.TokenType is not JsonTokenType.Number ? base.ReadOther(ref reader)
        : Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
}
