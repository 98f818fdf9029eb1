using System.Text;
using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// What an error's body says. Never throws: an error may come as JSON of any shape, as HTML, or without a body,
/// and its status means something all the same.
/// </summary>
internal sealed record GitHubErrorBody(string? Message, string? DocumentationUrl, IReadOnlyList<string> Errors)
{
    private const int MaxErrors = 100;

    private static readonly string[] ErrorParts = ["resource", "field", "code", "message"];

    public static GitHubErrorBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object
                ? new(Text(root, "message"), Text(root, "documentation_url"), ReadErrors(root))
                : new(null, null, []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with half a surrogate pair in a string.
            return new(PlainText(body.Span), null, []);
        }
    }

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? Read(value) : null;

    private static string? Read(JsonElement value)
    {
        try
        {
            return Redaction.Clean(value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText());
        }
        catch (InvalidOperationException)
        {
            // Sound JSON whose text is not: bytes that are no UTF-8, or half a surrogate pair.
            return null;
        }
    }

    /// <summary>GitHub sends a list of objects, one object, a string, or a list of strings.</summary>
    private static IReadOnlyList<string> ReadErrors(JsonElement root) =>
        !root.TryGetProperty("errors", out var errors)
            ? []
            : errors.ValueKind is JsonValueKind.Array
                ? [.. errors.EnumerateArray().Take(MaxErrors).Select(Describe).OfType<string>()]
                : Describe(errors) is { } only ? [only] : [];

    private static string? Describe(JsonElement error) => error.ValueKind is JsonValueKind.Object
        ? string.Join(' ', ErrorParts.Select(name => Text(error, name)).Where(text => text is not null))
        : Read(error);

    private static string? PlainText(ReadOnlySpan<byte> body)
    {
        var text = Redaction.Clean(Encoding.UTF8.GetString(body[..Math.Min(body.Length, Redaction.MaxLength)]));
        return text.Length == 0 || text[0] == '<' ? null : text;
    }
}
