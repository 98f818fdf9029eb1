using System.Text.Json;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>What a refusal of a token endpoint says, as it stands: <c>{"error", "error_description", "error_uri"}</c>, or the API's <c>{"message"}</c>. Foreign text, not cleaned.</summary>
/// <param name="Word">The <c>error</c>; <see langword="null"/> when there is none.</param>
/// <param name="Message">The description; <see langword="null"/> when there is none.</param>
/// <param name="Page">The page it names; <see langword="null"/> when there is none.</param>
/// <param name="Interval">The least time until the next question, of a device flow that asks too often.</param>
internal sealed record UserTokenErrorBody(string? Word, string? Message, string? Page, TimeSpan? Interval)
{
    /// <summary>Nothing that could be read.</summary>
    public static UserTokenErrorBody Nothing { get; } = new(null, null, null, null);

    /// <summary>Reads a body that may be anything. Never throws.</summary>
    public static UserTokenErrorBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    /// <summary>Reads a body that is JSON.</summary>
    public static UserTokenErrorBody Read(JsonElement body) => new(
        body.Text("error") is { } word && !string.IsNullOrWhiteSpace(word) ? word : null,
        body.Text("error_description", "message"),
        body.Text("error_uri", "documentation_url"),
        body.Seconds("interval"));
}
