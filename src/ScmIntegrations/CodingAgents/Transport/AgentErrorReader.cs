using System.Text;
using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>
/// Reads the body of a service's error, whatever it is: <c>{"error": {"code", "message"}}</c>, <c>{"error", "message"}</c>,
/// <c>{"message"}</c>, <c>{"detail"}</c>, a text, a page, or nothing that can be read. Never throws.
/// </summary>
internal static class AgentErrorReader
{
    private static readonly string[] Codes = ["code", "status", "type"];
    private static readonly string[] Messages = ["message", "detail"];

    /// <summary>Reads a body.</summary>
    /// <param name="body">As much of it as has come, or as was wanted.</param>
    /// <param name="secrets">What the request carried, in every form.</param>
    public static AgentErrorBody Read(ReadOnlyMemory<byte> body, params ReadOnlySpan<string> secrets)
    {
        var text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var first = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            return AgentErrorBody.Nothing;
        }

        if (text.Span[first] is not ((byte)'{' or (byte)'[' or (byte)'"'))
        {
            return ReadText(text.Span, secrets);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return ReadJson(document.RootElement, secrets);
        }
        catch (JsonException)
        {
            return AgentErrorBody.Nothing;
        }
    }

    private static AgentErrorBody ReadJson(JsonElement root, ReadOnlySpan<string> secrets)
    {
        var error = Member(root, "error");
        var word = Text(error);
        var code = First(error, Codes) ?? (IsWord(word) ? word : null) ?? (IsWord(Text(Member(root, "code"))) ? Text(Member(root, "code")) : null);
        var message = First(error, Messages) ?? First(root, Messages) ?? word ?? Text(root);
        var isServices = error is { ValueKind: JsonValueKind.Object } ? code is not null || message is not null : word is not null && First(root, Messages) is not null;
        return new(Clean(code, secrets), Clean(message, secrets), isServices);
    }

    private static AgentErrorBody ReadText(ReadOnlySpan<byte> body, ReadOnlySpan<string> secrets)
    {
        // Cleaned whole: a cut before could go through a secret, and half of one is not known again.
        var text = Redaction.Clean(Encoding.UTF8.GetString(body), secrets);
        return text.StartsWith('<') ? AgentErrorBody.Nothing : new(null, text, IsServices: false);
    }

    /// <summary>Whether a text is a code rather than a sentence.</summary>
    private static bool IsWord(string? text) => text is { Length: > 0 and <= 100 } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string? First(JsonElement? parent, string[] names)
    {
        foreach (var name in names)
        {
            if (Text(Member(parent, name)) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text && text.GetString() is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Sound JSON whose text is none, such as half a surrogate pair.
            return null;
        }
    }

    private static string? Clean(string? text, ReadOnlySpan<string> secrets) => text is null ? null : Redaction.Clean(text, secrets);
}
