using System.Buffers;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Ids of agents: <c>bc-</c> or <c>bc_</c> and some letters, of the current API a UUID.</summary>
internal static class CursorAgentId
{
    private const int MaxLength = 100;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>The id for a launch, the same whenever the launch is sent: of its key's first 128 bits, a UUID of version 8 (RFC 9562 §5.8).</summary>
    public static string Of(CodingAgentStart start)
    {
        var bytes = Convert.FromHexString(start.Key.AsSpan(0, 32));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"bc-{new Guid(bytes, bigEndian: true)}";
    }

    /// <summary>Refuses what is no id, so that nothing but an id gets into a path.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Check(string id)
    {
        if (!IsValid(id))
        {
            throw new ArgumentException($"'{id}' is not the id of a Cursor agent: bc- and letters, digits, '-' or '_', at most {MaxLength} characters.", nameof(id));
        }
    }

    /// <summary>Whether a text is an id.</summary>
    public static bool IsValid(string? id) =>
        id is ['b', 'c', '-' or '_', _, ..] && id.Length <= MaxLength && !id.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Whether a text may stand in a path as the id of a run.</summary>
    public static bool IsRun(string? id) => id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExcept(Allowed);
}
