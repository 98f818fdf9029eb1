using System.Buffers;
using System.Text;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// The prompt as it is sent: what the caller wrote, and a line that marks the launch, because the API has no key for it. The line is a
/// comment, so nobody who reads the prompt as Markdown sees it.
/// </summary>
internal static class CopilotPrompt
{
    /// <summary>What GitHub takes, measured as a JSON text with its quotes.</summary>
    public const int Limit = 30_000;

    // What a longer prompt is cut to, so that there is room for the mark.
    private const int CutTo = 29_900;
    private const int Quotes = 2;
    private const int KeyLength = 64;
    private const int Escape = 6;

    private static readonly int MarkLength = Measure(Mark(new string('0', KeyLength)));

    /// <summary>The most that a caller's prompt may measure.</summary>
    public static int Room => Limit - Quotes - MarkLength;

    /// <summary>The prompt to send, and what to tell the caller when it was cut.</summary>
    public static (string Prompt, string? Warning) Of(CodingAgentStart start)
    {
        var text = start.Request.Prompt;
        return Measure(text) <= Room
            ? (text + Mark(start.Key), null)
            : (Cut(text) + Mark(start.Key), $"The prompt was cut to {CutTo} characters as JSON; GitHub Copilot takes {Limit}.");
    }

    /// <summary>
    /// How long a text is as JSON in ASCII, which is the longest it usually gets: nobody says which way GitHub writes it when it
    /// measures.
    /// </summary>
    public static int Measure(string text)
    {
        var length = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            length += Measure(ref rest);
        }

        return length;
    }

    private static string Mark(string key) => $"\n\n<!-- scm-integrations {key} -->";

    /// <summary>The beginning of a text, between two characters as people write them.</summary>
    private static string Cut(string text)
    {
        var rest = text.AsSpan();
        var length = 0;
        while (true)
        {
            var before = rest.Length;
            length += Measure(ref rest);
            if (length > CutTo)
            {
                return text[..^before];
            }
        }
    }

    private static int Measure(ref ReadOnlySpan<char> rest)
    {
        // Half a surrogate pair is replaced by one character when it is sent.
        var taken = Rune.DecodeFromUtf16(rest, out var rune, out var read) is OperationStatus.Done ? read : 1;
        rest = rest[taken..];
        return rune.Value switch
        {
            '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
            < ' ' or 0x7f => Escape,
            < 0x7f => 1,
            _ => Escape * rune.Utf16SequenceLength,
        };
    }
}
