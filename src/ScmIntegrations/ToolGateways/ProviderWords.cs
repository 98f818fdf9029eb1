using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.ToolGateways;

/// <summary>
/// What a provider's message holds. A gateway may put the provider's whole answer there as JSON, with the real status in it,
/// while its own status is 400 for everything.
/// </summary>
/// <param name="Message">The provider's words, without the JSON around them.</param>
/// <param name="Status">The provider's status; <see langword="null"/> when the message names none that can be an error's.</param>
internal sealed record ProviderWords(string Message, int? Status)
{
    // Each layer that passes an error on may wrap it once more; three are more than have been seen.
    private const int MaxLayers = 3;

    private static readonly string[] Wrappers = ["message", "error"];

    /// <summary>Unwraps a message. The innermost status and words win: they are nearest to the provider.</summary>
    public static ProviderWords Read(string message) => Unwrap(message, MaxLayers);

    private static ProviderWords Unwrap(string text, int layers)
    {
        // Words may stand before and after the JSON.
        var (open, close) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (layers == 0 || open < 0 || close < open)
        {
            return new(text, null);
        }

        try
        {
            // A whole text in quotes is JSON written as a JSON string.
            using var document = JsonDocument.Parse(text.TrimStart().StartsWith('"') ? text.AsMemory() : text.AsMemory(open, close - open + 1));
            return document.RootElement.ValueKind is JsonValueKind.String
                ? Unwrap(document.RootElement.GetString()!, layers - 1)
                : Unwrap(document.RootElement, text, layers - 1);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return new(text, null);
        }
    }

    private static ProviderWords Unwrap(JsonElement answer, string text, int layers)
    {
        var found = new ProviderWords(text, StatusOf(ForeignJson.Find(answer, "status")));
        foreach (var wrapper in Wrappers)
        {
            var inner = ForeignJson.Find(answer, wrapper) switch
            {
                { ValueKind: JsonValueKind.Object } nested when layers > 0 => Unwrap(nested, nested.GetRawText(), layers - 1),
                { } nested when ForeignJson.Text(nested) is { } words => Unwrap(words, layers),
                _ => null,
            };
            if (inner is not null)
            {
                return new(inner.Message, inner.Status ?? found.Status);
            }
        }

        return found;
    }

    /// <summary>A number or its digits; a status that is no error's says nothing about an error.</summary>
    private static int? StatusOf(JsonElement? element)
    {
        var status = element switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
            { } text when int.TryParse(ForeignJson.Text(text)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
            _ => 0,
        };
        return status is >= 300 and <= 599 ? status : null;
    }
}
