using System.Text;
using System.Text.Json;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// Reads the body of a gateway's error, whatever it is: a status (<see cref="StatusBody"/>), the proxy's <c>{"detail", "code"}</c>,
/// a page, or nothing that can be read. Never throws. What bears the sign of a provider's error is one, however broken it is.
/// </summary>
internal static class GatewayErrorReader
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">As much of it as has come, or as was wanted.</param>
    /// <param name="isWhole">Whether nothing broke it off.</param>
    /// <param name="sent">The secrets that the request carried.</param>
    public static GatewayErrorBody Read(ReadOnlyMemory<byte> body, bool isWhole, SentSecrets? sent = null)
    {
        var read = ReadAny(body, isWhole, sent ?? SentSecrets.None);
        return read is { Trouble: not null, Speaker: not ErrorSpeaker.Provider } && StatusBody.HasSign(body.Span)
            ? read with { Speaker = ErrorSpeaker.Provider, Provider = StatusBody.NothingTold }
            : read;
    }

    private static GatewayErrorBody ReadAny(ReadOnlyMemory<byte> body, bool isWhole, SentSecrets sent)
    {
        var text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var first = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            return isWhole ? new(ErrorSpeaker.Silence) : Unintelligible("it broke off before its first character");
        }

        if (text.Span[first] is not ((byte)'{' or (byte)'['))
        {
            return ReadText(text.Span, sent);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return ReadJson(document.RootElement, sent);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Unintelligible("it is JSON that is cut off, broken or nested too deep");
        }
    }

    private static GatewayErrorBody ReadJson(JsonElement root, SentSecrets sent)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return Stranger("it is JSON, but no object", null);
        }

        // The proxy's form has these two texts and nothing else: an object with more is a provider's answer passed through.
        var (code, detail) = (ForeignJson.Find(root, "code"), ForeignJson.Find(root, "detail"));
        return root.GetPropertyCount() == 2 && ForeignJson.Text(code) is { } word && ForeignJson.Text(detail) is { } words ? StatusBody.Of(word, words, sent)
            : code is { ValueKind: JsonValueKind.Number } || ForeignJson.Find(root, "details") is not null ? StatusBody.Read(root, sent)
            : Stranger("it is JSON of another form", Words(root) is { } message ? sent.Clean(message) : null);
    }

    /// <summary>What such an object says for people; an OAuth endpoint says it by its own names.</summary>
    private static string? Words(JsonElement root) =>
        ForeignJson.Text(ForeignJson.Find(root, "message")) ?? ForeignJson.Text(ForeignJson.Find(root, "error_description")) ?? ForeignJson.Text(ForeignJson.Find(root, "error"));

    private static GatewayErrorBody ReadText(ReadOnlySpan<byte> body, SentSecrets sent)
    {
        // Cleaned whole: a cut before could go through the token, and half of one is not known again.
        var text = sent.Clean(Encoding.UTF8.GetString(body));
        return text.StartsWith('<') ? Stranger("it is a page", null) : Stranger("it is a text", text);
    }

    private static GatewayErrorBody Stranger(string trouble, string? message) => new(ErrorSpeaker.Stranger) { Trouble = trouble, Message = message };

    private static GatewayErrorBody Unintelligible(string trouble) => new(ErrorSpeaker.Unintelligible) { Trouble = trouble };
}
