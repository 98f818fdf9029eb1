using System.Buffers;

namespace ScmIntegrations.Interactions;

/// <summary>The shape of a value that may become a tag: short and plain, so that free text never reaches a metric.</summary>
internal static class TelemetryWord
{
    public const string Rule = "1 to 64 characters of a-z, 0-9, '_' and '.'";

    private const int MaximumLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.");

    public static bool IsWord(string value) =>
        value.Length is > 0 and <= MaximumLength && !value.AsSpan().ContainsAnyExcept(Allowed);
}
