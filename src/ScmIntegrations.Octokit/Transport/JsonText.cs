using System.Text;
using System.Text.Json;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>
/// The text of a body, where JSON was asked for, as <see cref="OctokitSerializer"/> gets it. Octokit does not ask its serializer for a body that is empty,
/// <c>{}</c> or no JSON by its type, and passes <see langword="null"/> on; but the serializer alone is told what is due. So such bodies come in
/// other words: JSON begins with its first token, and what is none with a space.
/// </summary>
internal static class JsonText
{
    public const string MediaType = "application/json";

    /// <summary>Stands for <c>{}</c>.</summary>
    public const string EmptyObject = "{ }";

    /// <summary>What Octokit makes of that where a list is due.</summary>
    public const string ListOfEmptyObject = "[{ }]";

    private const int ByteOrderMark = 3;

    /// <summary>The text of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isJson">Whether it says that it is JSON.</param>
    /// <param name="maxDepth">The most levels.</param>
    /// <param name="answer">Which answer it is.</param>
    /// <exception cref="Errors.ScmException">It says that it is JSON, and is broken; or it is too deep.</exception>
    public static string Of(ReadOnlySpan<byte> body, bool isJson, int maxDepth, OctokitAnswer answer)
    {
        var text = body.StartsWith(Encoding.UTF8.Preamble) ? body[ByteOrderMark..] : body;
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return " ";
        }

        var (tokens, broken) = Count(text, maxDepth, answer);
        return broken is null ? (tokens == 2 && text[0] == '{' ? EmptyObject : Encoding.UTF8.GetString(text))
            : isJson ? throw Unreadable.Shape(answer, $"The answer is not the JSON that was due. It breaks at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}.", broken)
            : " " + Encoding.UTF8.GetString(text);
    }

    /// <summary>The text of a body that is no JSON; <see langword="null"/> when it is.</summary>
    public static string? OtherThanJson(string text) => text.StartsWith(' ') ? text[1..] : null;

    /// <summary>Reads the body to its end, as Octokit's parser, which takes much for JSON that is none, does not.</summary>
    private static (long Tokens, JsonException? Broken) Count(ReadOnlySpan<byte> body, int maxDepth, OctokitAnswer answer)
    {
        // Its own bound is above any body's, so that what is too deep is told from what is broken.
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var tokens = 0L;
        try
        {
            while (reader.Read())
            {
                tokens++;
                if (reader.CurrentDepth >= maxDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    throw Unreadable.TooDeep(answer, maxDepth);
                }
            }

            return (tokens, null);
        }
        catch (JsonException broken)
        {
            return (tokens, broken);
        }
    }
}
