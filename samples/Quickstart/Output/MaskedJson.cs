using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Quickstart.Output;

/// <summary>Foreign JSON without the secrets: they are looked for in each text as it reads, however it was escaped.</summary>
internal static class MaskedJson
{
    public static string Of(JsonElement element, SecretMask mask, bool isIndented = false)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = isIndented, NewLine = "\n" }))
        {
            Write(element, mask, json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(JsonElement element, SecretMask mask, Utf8JsonWriter json)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    json.WritePropertyName(mask.Clean(Text(() => property.Name, JsonMarshal.GetRawUtf8PropertyName(property))));
                    Write(property.Value, mask, json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, mask, json);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(mask.Clean(Text(() => element.GetString()!, JsonMarshal.GetRawUtf8Value(element)[1..^1])));
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private static string Text(Func<string> read, ReadOnlySpan<byte> raw)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text; its escape is.
            return Encoding.UTF8.GetString(raw);
        }
    }
}
