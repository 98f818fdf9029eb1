using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>The deliveries that are under way or were handled in this process: bounded in number and time. One that fails is forgotten.</summary>
internal sealed class DeliveryMemory(int most, TimeProvider timeProvider)
{
    // A key stands here once when its delivery begins and once when it is handled, and stays behind when it fails.
    private const int MostTimes = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, Entry Entry)> _byAge = new();

    /// <summary>How many keys are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Takes a delivery in, unless it is known.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="known">What becomes of the one that came before: it is under way, or handled.</param>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(Delivery delivery, [NotNullWhen(false)] out Task<DeliveryOutcome>? known)
    {
        lock (_gate)
        {
            var now = timeProvider.GetTimestamp();
            foreach (var key in delivery.Keys.Looked)
            {
                if (_entries.TryGetValue(key, out var entry) && entry.Until > now)
                {
                    known = entry.Completion;
                    return false;
                }
            }

            // Known from now on, so that of two at once one waits for the other; and not by a body that another delivery may have as well.
            foreach (var key in delivery.Keys.Kept)
            {
                Put(key, new(delivery.Completion, long.MaxValue));
            }

            known = null;
            return true;
        }
    }

    /// <summary>Notes that a delivery was handled.</summary>
    public void Keep(Delivery delivery, TimeSpan rememberFor)
    {
        lock (_gate)
        {
            Drop(delivery);
            foreach (var key in delivery.Keys.Kept)
            {
                Put(key, new(delivery.Completion, timeProvider.GetTimestamp() + (long)(rememberFor.TotalSeconds * timeProvider.TimestampFrequency)));
            }
        }
    }

    /// <summary>Forgets a delivery, so that it can be sent again.</summary>
    public void Forget(Delivery delivery)
    {
        lock (_gate)
        {
            Drop(delivery);
        }
    }

    private void Put(string key, Entry entry)
    {
        _entries[key] = entry;
        _byAge.Enqueue((key, entry));
        var now = timeProvider.GetTimestamp();
        while (_byAge.TryPeek(out var oldest) && (_entries.Count > most || _byAge.Count > MostTimes * most || oldest.Entry.Until <= now || !IsThere(oldest.Key, oldest.Entry)))
        {
            _byAge.Dequeue();
            if (IsThere(oldest.Key, oldest.Entry))
            {
                _entries.Remove(oldest.Key);
            }
        }
    }

    private void Drop(Delivery delivery)
    {
        foreach (var key in delivery.Keys.Looked)
        {
            if (_entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Completion, delivery.Completion))
            {
                _entries.Remove(key);
            }
        }
    }

    private bool IsThere(string key, Entry entry) => _entries.TryGetValue(key, out var present) && ReferenceEquals(present, entry);

    // Not the delivery itself, whose body would be kept for a day.
    private sealed record Entry(Task<DeliveryOutcome> Completion, long Until);
}
