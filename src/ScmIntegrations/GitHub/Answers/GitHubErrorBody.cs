using System.Text;
using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// What an error's body says. Never throws: an error may come as JSON of any shape, as HTML, or without a body,
/// and its status means something all the same.
/// </summary>
internal sealed record GitHubErrorBody
{
    private const int MaxErrors = 100;

    private static readonly string[] ErrorParts = ["resource", "field", "code", "message"];

    // Some of GitHub's servers, and what stands before them, say it under another name.
    private static readonly string[] MessageNames = ["message", "error_description", "error"];

    /// <summary>The message as GitHub gave it, cleaned; <see langword="null"/> when there is none that can be shown.</summary>
    public string? Message { get; private init; }

    /// <summary>Whether the body is an HTML page.</summary>
    public bool IsHtml { get; private init; }

    public string? DocumentationUrl { get; private init; }

    /// <summary>The single complaints, in words.</summary>
    public IReadOnlyList<string> Errors { get; private init; } = [];

    /// <summary>Whether the answer carries a block (<c>block</c>).</summary>
    public bool IsBlocked { get; private init; }

    /// <summary>Why the repository is blocked (<c>block.reason</c>), for example <c>tos</c> or <c>dmca</c>.</summary>
    public string? BlockReason { get; private init; }

    /// <summary>The notice about the block (<c>block.html_url</c>).</summary>
    public string? BlockUrl { get; private init; }

    public static GitHubErrorBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => ReadObject(document.RootElement),
                JsonValueKind.String => new() { Message = Read(document.RootElement) },
                _ => new(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with half a surrogate pair in a string.
            return ReadText(body.Span);
        }
    }

    private static GitHubErrorBody ReadObject(JsonElement root)
    {
        var errors = !root.TryGetProperty("errors", out var found) ? []
            : found.ValueKind is JsonValueKind.Array ? [.. found.EnumerateArray().Take(MaxErrors)]
            : new List<JsonElement> { found };
        var block = root.TryGetProperty("block", out var value) && value.ValueKind is JsonValueKind.Object ? value : default;
        return new()
        {
            Message = MessageNames.Select(name => Text(root, name)).FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? Wrapped(root),
            DocumentationUrl = Text(root, "documentation_url"),
            Errors = [.. errors.Select(Describe).Where(text => !string.IsNullOrEmpty(text)).OfType<string>()],
            IsBlocked = block.ValueKind is JsonValueKind.Object,
            BlockReason = block.ValueKind is JsonValueKind.Object ? Text(block, "reason") : null,
            BlockUrl = block.ValueKind is JsonValueKind.Object ? Text(block, "html_url") : null,
        };
    }

    // As the servers behind the coding agents say it.
    private static string? Wrapped(JsonElement root) =>
        root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object && Text(error, "message") is { Length: > 0 } message ? message : null;

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

    /// <summary>GitHub sends a list of objects, one object, a string, or a list of strings. What has none of the known parts stands as it is.</summary>
    private static string? Describe(JsonElement error) =>
        error.ValueKind is JsonValueKind.Object && string.Join(' ', ErrorParts.Select(name => Text(error, name)).Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } parts
            ? parts
            : Read(error);

    // A page may speak of anything, and be anybody's: its words mean nothing here.
    private static GitHubErrorBody ReadText(ReadOnlySpan<byte> body)
    {
        // Cleaned whole: a cut before could go through a secret, and half of one is not known again.
        var text = Redaction.Clean(Encoding.UTF8.GetString(body));
        return text.StartsWith('<') ? new() { IsHtml = true } : text.Length == 0 ? new() : new() { Message = text };
    }
}
