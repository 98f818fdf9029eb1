using System.Security.Cryptography;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>What tells one delivery from every other: its id, which is not signed, and the digest of its body, which is.</summary>
/// <param name="Id">The id; <see langword="null"/> when none was sent.</param>
/// <param name="Digest">The SHA-256 of the body, in hexadecimal.</param>
internal sealed record DeliveryMark(string? Id, string Digest)
{
    public static DeliveryMark Of(string? id, ReadOnlySpan<byte> body) =>
        new(string.IsNullOrWhiteSpace(id) ? null : id, Convert.ToHexStringLower(SHA256.HashData(body)));

    /// <summary>The keys under which it is remembered; each on its own is enough to know it again.</summary>
    public IEnumerable<string> Keys => Id is null ? ["body:" + Digest] : ["id:" + Id, "body:" + Digest];
}

/// <summary>Remembers deliveries for a while, and no more than so many. Safe for concurrent use.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="lifetime">For how long.</param>
/// <param name="capacity">How many; the oldest goes first.</param>
internal sealed class DeliveryMemory(TimeProvider timeProvider, TimeSpan lifetime, int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly LinkedList<(DeliveryMark Mark, DateTimeOffset Since)> _deliveries = new();

    /// <summary>Remembers a delivery; <see langword="false"/> when it is remembered already.</summary>
    /// <param name="mark">The delivery.</param>
    /// <param name="sentAt">When it says that it was sent. Where that is ahead of this clock, the lifetime counts from there.</param>
    public bool TryAdd(DeliveryMark mark, DateTimeOffset? sentAt = null)
    {
        var now = timeProvider.GetUtcNow();
        lock (_gate)
        {
            while (_deliveries.First is { } oldest && (oldest.Value.Since + lifetime <= now || _deliveries.Count >= capacity))
            {
                Drop(oldest);
            }

            if (mark.Keys.Any(_keys.Contains))
            {
                return false;
            }

            _keys.UnionWith(mark.Keys);
            _deliveries.AddLast((mark, sentAt > now ? sentAt.Value : now));
            return true;
        }
    }

    /// <summary>Forgets a delivery, so that it can come again.</summary>
    public void Remove(DeliveryMark mark)
    {
        lock (_gate)
        {
            for (var node = _deliveries.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Mark == mark)
                {
                    Drop(node);
                    return;
                }
            }
        }
    }

    private void Drop(LinkedListNode<(DeliveryMark Mark, DateTimeOffset Since)> node)
    {
        _keys.ExceptWith(node.Value.Mark.Keys);
        _deliveries.Remove(node);
    }
}
