using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Quickstart.Output;

/// <summary>Foreign JSON without the secrets: they are looked for in each text as it reads, however it was escaped.</summary>
internal static class MaskedJson
{
    // For reading, not for a web page.
    private static readonly JsonWriterOptions ForReaders = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In one line, for programs.</summary>
    public static string Of(JsonElement element, SecretMask mask) => Of(element, mask, default);

    /// <summary>In lines and letters for people; what could steer a terminal stays escaped.</summary>
    public static string ForPeople(JsonElement element, SecretMask mask) => string.Concat(Of(element, mask, ForReaders).Select(Visible));

    private static string Of(JsonElement element, SecretMask mask, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            Write(element, mask, json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string Visible(char character) =>
        character is not '\n' && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
            : character.ToString();

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
