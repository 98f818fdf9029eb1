using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>
/// The short way through entries that are written exactly as GitHub writes them: path, mode, type, sha, a file's size, url, and
/// nothing between. That is nearly all of every answer. Anything else, be it only a space or an escape, is left to the parser of
/// JSON, which goes on from the same byte.
/// </summary>
internal static class PlainEntries
{
    /// <summary>The bytes that a plain text cannot hold: they end it, begin an escape, or are not allowed.</summary>
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <summary>Adds the plain entries that follow an entry, each with the comma before it.</summary>
    /// <returns>How many bytes they are.</returns>
    public static int Read(ReadOnlySpan<byte> json, TreeColumnsBuilder entries)
    {
        var consumed = 0;
        while (ReadOne(json[consumed..], entries) is var length and > 0)
        {
            consumed += length;
        }

        return consumed;
    }

    /// <summary>Adds the entry; 0 when it is not plain, or not all there.</summary>
    private static int ReadOne(ReadOnlySpan<byte> json, TreeColumnsBuilder entries)
    {
        var rest = json;
        if (!Take(ref rest, ",{\"path\":\""u8) || !TakeText(ref rest, out var path) || path.Length == 0 || !Utf8.IsValid(path)
            || !TakeKind(ref rest, out var kind) || !TakeDigits(ref rest, out var digits))
        {
            return 0;
        }

        long size = 0;
        if (Take(ref rest, ",\"size\":"u8))
        {
            if (!TakeSize(ref rest, out size))
            {
                return 0;
            }

            kind |= EntryKind.HasSize;
        }

        if ((Take(ref rest, ",\"url\":\""u8) && !TakeText(ref rest, out _)) || !Take(ref rest, "}"u8))
        {
            return 0;
        }

        path.CopyTo(entries.StagePath(path.Length));
        return entries.TryCommit(path.Length, kind, digits, (uint)size) ? json.Length - rest.Length : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Take(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> expected)
    {
        var isThere = json.StartsWith(expected);
        json = isThere ? json[expected.Length..] : json;
        return isThere;
    }

    /// <summary>The text up to its closing quotation mark, and the mark.</summary>
    private static bool TakeText(ref ReadOnlySpan<byte> json, out ReadOnlySpan<byte> text)
    {
        var end = json.IndexOfAny(NotPlain);
        if (end < 0 || json[end] != '"')
        {
            text = default;
            return false;
        }

        text = json[..end];
        json = json[(end + 1)..];
        return true;
    }

    /// <summary>An id of either length and the quotation mark; whether they are digits shows when they are taken in.</summary>
    private static bool TakeDigits(ref ReadOnlySpan<byte> json, out ReadOnlySpan<byte> digits)
    {
        var length = json.Length > 40 && json[40] == '"' ? 40 : 64;
        var isThere = json.Length > length && json[length] == '"';
        digits = isThere ? json[..length] : default;
        json = isThere ? json[(length + 1)..] : json;
        return isThere;
    }

    /// <summary>Mode and type, of which git has five, up to where the id begins.</summary>
    private static bool TakeKind(ref ReadOnlySpan<byte> json, out byte kind)
    {
        (kind, var isKnown) =
            Take(ref json, ",\"mode\":\"100644\",\"type\":\"blob\",\"sha\":\""u8) ? (EntryKind.Of("100644", TreeEntryType.Blob), true)
            : Take(ref json, ",\"mode\":\"040000\",\"type\":\"tree\",\"sha\":\""u8) ? (EntryKind.Of("040000", TreeEntryType.Tree), true)
            : Take(ref json, ",\"mode\":\"100755\",\"type\":\"blob\",\"sha\":\""u8) ? (EntryKind.Of("100755", TreeEntryType.Blob), true)
            : Take(ref json, ",\"mode\":\"120000\",\"type\":\"blob\",\"sha\":\""u8) ? (EntryKind.Of("120000", TreeEntryType.Blob), true)
            : Take(ref json, ",\"mode\":\"160000\",\"type\":\"commit\",\"sha\":\""u8) ? (EntryKind.Of("160000", TreeEntryType.Commit), true)
            : ((byte)0, false);
        return isKnown;
    }

    /// <summary>A size below 4 GiB, whose last digit has been seen.</summary>
    private static bool TakeSize(ref ReadOnlySpan<byte> json, out long size)
    {
        const int mostDigits = 10;
        size = 0;
        var length = 0;
        while (length < json.Length && length < mostDigits && char.IsAsciiDigit((char)json[length]))
        {
            size = (size * 10) + (json[length++] - '0');
        }

        // Zeros before a number are not JSON.
        var isPlain = length > 0 && length < json.Length && size <= uint.MaxValue && (length == 1 || json[0] != '0');
        json = isPlain ? json[length..] : json;
        return isPlain;
    }
}
