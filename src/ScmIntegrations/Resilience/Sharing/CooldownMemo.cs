namespace ScmIntegrations.Resilience.Sharing;

/// <summary>What one client knows of the limits of one credential: what it said itself, and what it read.</summary>
internal sealed class CooldownMemo(string credential)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _own = new(StringComparer.Ordinal);
    private Dictionary<string, DateTimeOffset> _read = new(StringComparer.Ordinal);
    private Task? _reading;
    private long? _readAt;

    /// <summary>Whether the store answered quickly when it was last read.</summary>
    public bool IsStoreQuick { get; set; } = true;

    /// <summary>Whose limits.</summary>
    public string Credential => credential;

    /// <summary>Notes what this client says itself. False when it has said as much before.</summary>
    public bool Claim(string resource, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_own.TryGetValue(resource, out var said) && said >= until)
            {
                return false;
            }

            _own[resource] = until;
            return true;
        }
    }

    /// <summary>Takes in what was read.</summary>
    public void Learn(Dictionary<string, DateTimeOffset> read)
    {
        lock (_gate)
        {
            _read = read;
        }
    }

    /// <summary>Until when others hold the resource limited. What is only the echo of our own word is no news.</summary>
    public DateTimeOffset? Find(string resource, DateTimeOffset now, TimeSpan echo)
    {
        lock (_gate)
        {
            return _read.TryGetValue(resource, out var until) && until > now && !(_own.TryGetValue(resource, out var said) && until <= said + echo) ? until : null;
        }
    }

    /// <summary>What this client said and the store does not know, though it still holds.</summary>
    public IReadOnlyList<(string Resource, DateTimeOffset Until)> Untold(DateTimeOffset now, TimeSpan echo)
    {
        lock (_gate)
        {
            foreach (var (resource, _) in _own.Where(one => one.Value + echo < now).ToList())
            {
                _own.Remove(resource);
            }

            return [.. _own.Where(one => one.Value > now + echo && !(_read.TryGetValue(one.Key, out var until) && until >= one.Value - echo)).Select(one => (one.Key, one.Value))];
        }
    }

    /// <summary>The reading under way, or a new one when the latest is too old; a completed task while it is not.</summary>
    public Task Renew(TimeProvider timeProvider, TimeSpan lifetime, Func<CooldownMemo, Task> read)
    {
        lock (_gate)
        {
            if (_reading is { IsCompleted: false })
            {
                return _reading;
            }

            if (_readAt is { } at && timeProvider.GetElapsedTime(at) < lifetime)
            {
                return Task.CompletedTask;
            }

            _readAt = timeProvider.GetTimestamp();
            return _reading = read(this);
        }
    }
}
