using System.Buffers;
using System.Text;
using System.Text.Json;
using ScmIntegrations.GitHub.Trees.Columns;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>Reads one entry, in whatever way JSON can say it.</summary>
internal sealed class TreeEntryParser
{
    private const int MaxDigits = 64;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly byte[] _digits = new byte[MaxDigits];

    private int? _path;
    private int? _sha;
    private string? _mode;
    private TreeEntryType? _type;
    private long? _size;

    /// <summary>Reads an entry and adds it.</summary>
    /// <param name="reader">Stands at the first token of the entry, and behind its last one afterwards.</param>
    /// <param name="entries">What the entry is added to.</param>
    /// <param name="isUsable">Whether the entry has a path and an id; one that has not is left out.</param>
    /// <returns>Whether the entry is all there; the reader is of no more use otherwise.</returns>
    /// <exception cref="WrongShapeException">The entry has another shape.</exception>
    public bool TryRead(ref Utf8JsonReader reader, TreeColumnsBuilder entries, out bool isUsable)
    {
        isUsable = false;
        if (reader.TokenType is JsonTokenType.Null)
        {
            return true;
        }

        Require(reader.TokenType is JsonTokenType.StartObject);
        (_path, _sha, _mode, _type, _size) = (null, null, null, null, null);
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType is JsonTokenType.EndObject)
            {
                break;
            }

            if (!TryReadProperty(ref reader, entries))
            {
                return false;
            }
        }

        Require(_path is not null && _mode is not null && _type is not null && _sha is not null);
        isUsable = _path > 0 && _sha > 0;
        if (isUsable)
        {
            entries.Commit(_path!.Value, _mode!, _type!.Value, _digits.AsSpan(0, _sha!.Value), null, _size);
        }

        return true;
    }

    private bool TryReadProperty(ref Utf8JsonReader reader, TreeColumnsBuilder entries)
    {
        if (reader.ValueTextEquals("path"u8))
        {
            if (!TryReadText(ref reader))
            {
                return false;
            }

            _path = reader.CopyString(entries.StagePath(reader.ValueSpan.Length));
        }
        else if (reader.ValueTextEquals("mode"u8))
        {
            if (!TryReadText(ref reader))
            {
                return false;
            }

            _mode = reader.GetString();
        }
        else if (reader.ValueTextEquals("type"u8))
        {
            if (!TryReadText(ref reader))
            {
                return false;
            }

            _type = TypeOf(reader.GetString());
        }
        else if (reader.ValueTextEquals("sha"u8))
        {
            if (!TryReadText(ref reader))
            {
                return false;
            }

            _sha = ReadDigits(ref reader);
        }
        else if (reader.ValueTextEquals("size"u8))
        {
            if (!reader.Read())
            {
                return false;
            }

            _size = null;
            Require(reader.TokenType is JsonTokenType.Null || (reader.TokenType is JsonTokenType.Number && TryReadSize(ref reader)));
        }
        else
        {
            return reader.TrySkip();
        }

        return true;
    }

    private static bool TryReadText(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        Require(reader.TokenType is JsonTokenType.String);
        return true;
    }

    /// <summary>The digits of an id in small letters; 0 when it is no id.</summary>
    private int ReadDigits(ref Utf8JsonReader reader)
    {
        // What is no id, or has escapes, becomes text first: that is where it shows whether it is any.
        var text = reader.ValueSpan.ContainsAnyExcept(HexDigits) ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (text.Length > MaxDigits || text.ContainsAnyExcept(HexDigits))
        {
            return 0;
        }

        for (var at = 0; at < text.Length; at++)
        {
            // Figures have this bit already.
            _digits[at] = (byte)(text[at] | 0x20);
        }

        return text.Length;
    }

    private bool TryReadSize(ref Utf8JsonReader reader)
    {
        var isWhole = reader.TryGetInt64(out var size);
        _size = size;
        return isWhole;
    }

    private static TreeEntryType TypeOf(string? type) => type switch
    {
        "blob" => TreeEntryType.Blob,
        "tree" => TreeEntryType.Tree,
        "commit" => TreeEntryType.Commit,
        _ => TreeEntryType.Unknown,
    };

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new WrongShapeException("An entry of the tree is none: a property is missing, null or of another kind.");
        }
    }
}
