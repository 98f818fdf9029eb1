using System.Text;

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

    /// <summary>The text of a body.</summary>
    /// <param name="body">The body. What says that it is JSON is sound and bounded: the line has seen to it.</param>
    /// <param name="isJson">Whether it says so.</param>
    public static string Of(ReadOnlySpan<byte> body, bool isJson)
    {
        var text = Encoding.UTF8.GetString(body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);
        var value = text.Trim();
        return !isJson || value.Length == 0 ? " " + text
            : value.AsSpan() is ['{', .. var members, '}'] && members.IsWhiteSpace() ? EmptyObject
            : value;
    }

    /// <summary>The text of a body that is no JSON; <see langword="null"/> when it is.</summary>
    public static string? OtherThanJson(string text) => text.StartsWith(' ') ? text[1..] : null;
}
