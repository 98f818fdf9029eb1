using System.Buffers;
using System.Text;
using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>
/// The body of an error as Octokit gets it: the parts that it reads, cleaned. Its exceptions print the body as a whole, a page of HTML is their
/// message, and a deep one would end the process.
/// </summary>
internal static class ErrorText
{
    private const int MaxErrors = 100;
    private static readonly string[] Facts = ["message", "documentation_url"];
    private static readonly string[] ErrorFacts = ["resource", "field", "code", "message"];

    /// <summary>A JSON object of message, page and errors; of a body that is no JSON object, its text as the message, unless it is a page.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (Parse(body) is { } document)
            {
                using (document)
                {
                    Write(json, document.RootElement);
                }
            }
            else if (Redaction.Clean(Encoding.UTF8.GetString(body)) is { Length: > 0 } text && text[0] != '<')
            {
                json.WriteString("message", text);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.String && Text(root) is { } words)
        {
            json.WriteString("message", words);
        }

        if (root.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        WriteTexts(json, root, Facts);
        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array)
        {
            json.WriteStartArray("errors");
            foreach (var error in errors.EnumerateArray().Take(MaxErrors))
            {
                json.WriteStartObject();
                if (error.ValueKind is JsonValueKind.Object)
                {
                    WriteTexts(json, error, ErrorFacts);
                }
                else if (Text(error) is { } text)
                {
                    // Octokit knows objects alone, and gives up the whole body for a plain text among them.
                    json.WriteString("message", text);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, JsonElement element, string[] names)
    {
        foreach (var name in names)
        {
            if (element.TryGetProperty(name, out var value) && Text(value) is { } text)
            {
                json.WriteString(name, text);
            }
        }
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? Redaction.Clean(value.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }
}
