using System.Text.Json;
using ScmIntegrations.GitHub.Trees.Columns;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>
/// Takes an answer apart in pieces of any size. It reads what the serializer would read: unknown properties are passed over, of
/// a property that comes twice the last one counts, and what is missing or null makes the shape wrong.
/// </summary>
internal sealed class TreeAnswerParser(int maxDepth) : IDisposable
{
    private readonly TreeColumnsBuilder _entries = new();
    private readonly TreeEntryParser _entry = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = maxDepth });
    private Place _place = Place.BeforeRoot;
    private string? _sha;
    private bool _isTruncated;
    private bool _hasTree;
    private bool _isUsable = true;
    private long _consumed;

    /// <summary>Where the parser stands between two tokens.</summary>
    private enum Place
    {
        BeforeRoot,
        InRoot,
        AtSha,
        AtTree,
        InTree,
        AtTruncated,
        AtUnknown,
        InUnknown,
        BehindRoot,
    }

    /// <summary>Takes apart what is there.</summary>
    /// <param name="json">The bytes that were not consumed last time, and those that came since.</param>
    /// <param name="isFinal">Whether no more will come.</param>
    /// <returns>How many bytes are not needed again.</returns>
    public int Parse(ReadOnlySpan<byte> json, bool isFinal)
    {
        var consumed = 0;
        try
        {
            bool goesOn;
            do
            {
                var reader = new Utf8JsonReader(json[consumed..], isFinal, _state);
                goesOn = ReadTokens(ref reader);
                consumed += (int)reader.BytesConsumed;
                _state = reader.CurrentState;

                // The reader stands behind an entry. It need not see those that are as GitHub writes them: it finds itself behind an entry again.
                consumed += goesOn ? PlainEntries.Read(json[consumed..], _entries) : 0;
            }
            while (goesOn);
        }
        catch (JsonException broken) when (broken is not WrongShapeException)
        {
            throw new JsonException($"It breaks at {Where}, soon after byte {_consumed + consumed}. {ComplaintOf(broken)}", broken);
        }
        catch (InvalidOperationException unreadable)
        {
            throw new WrongShapeException($"A text at {Where} is not Unicode.", unreadable);
        }

        _consumed += consumed;
        return consumed;
    }

    /// <summary>What was read, once all of the body was.</summary>
    public TreeAnswer ToAnswer() => new(_sha!, _entries.Build(), _isTruncated, _isUsable);

    public void Dispose() => _entries.Dispose();

    private string Where => _place is Place.InTree ? $"$.tree[{_entries.Count}]" : "$";

    /// <summary>Reads to where the bytes end, or to behind an entry.</summary>
    /// <returns>Whether the reader stands behind an entry.</returns>
    private bool ReadTokens(ref Utf8JsonReader reader)
    {
        while (true)
        {
            // An entry that has not come whole is begun again later.
            var before = _place is Place.InTree ? reader : default;
            if (!reader.Read())
            {
                return false;
            }

            switch (_place)
            {
                case Place.InTree when reader.TokenType is not JsonTokenType.EndArray:
                    if (!_entry.TryRead(ref reader, _entries, out var isUsable))
                    {
                        reader = before;
                        return false;
                    }

                    _isUsable &= isUsable;
                    return true;
                case Place.InUnknown when reader.CurrentDepth > 1:
                    break;
                default:
                    _place = Next(ref reader);
                    break;
            }
        }
    }

    private Place Next(ref Utf8JsonReader reader)
    {
        switch (_place)
        {
            case Place.BeforeRoot:
                Require(reader.TokenType is JsonTokenType.StartObject, "The body is no object.");
                return Place.InRoot;
            case Place.InRoot when reader.TokenType is JsonTokenType.EndObject:
                Require(_sha is not null, "There is no 'sha'.");
                Require(_hasTree, "There is no 'tree'.");
                return Place.BehindRoot;
            case Place.InRoot:
                return reader.ValueTextEquals("sha"u8) ? Place.AtSha
                    : reader.ValueTextEquals("tree"u8) ? Place.AtTree
                    : reader.ValueTextEquals("truncated"u8) ? Place.AtTruncated
                    : Place.AtUnknown;
            case Place.AtSha:
                Require(reader.TokenType is JsonTokenType.String, "The 'sha' is no text.");
                _sha = reader.GetString();
                return Place.InRoot;
            case Place.AtTruncated:
                Require(reader.TokenType is JsonTokenType.True or JsonTokenType.False, "'truncated' is neither true nor false.");
                _isTruncated = reader.TokenType is JsonTokenType.True;
                return Place.InRoot;
            case Place.AtTree:
                Require(reader.TokenType is JsonTokenType.StartArray, "The 'tree' is no array.");
                _entries.Clear();
                (_hasTree, _isUsable) = (true, true);
                return Place.InTree;
            case Place.AtUnknown when reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject:
                return Place.InUnknown;
            default:
                // Behind the tree, or a value that nobody asked for.
                return Place.InRoot;
        }
    }

    /// <summary>The reader's complaint without its own idea of the place: it has not seen the plain entries.</summary>
    private static string ComplaintOf(JsonException broken) =>
        broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var end and > 0 ? broken.Message[..end] : broken.Message;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new WrongShapeException(otherwise);
        }
    }
}
