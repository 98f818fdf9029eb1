using System.Collections.Concurrent;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>Remembers what the latest answers said about each limit, so that asking costs no request.</summary>
internal sealed class RateLimitLedger(TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<(string Credential, string Resource), RateLimitReading> _readings = new();

    /// <summary>Takes a reading in. Answers overtake each other, so within one window the lower count is the later one.</summary>
    public void Record(string credential, RateLimitReading reading) =>
        _readings.AddOrUpdate(
            (credential, reading.Resource),
            static (_, latest) => latest,
            static (_, present, latest) => SameWindow(present, latest) && present.Remaining < latest.Remaining ? present : latest,
            reading);

    /// <summary>The latest reading of a credential and resource; <see langword="null"/> when there is none, or its window has ended.</summary>
    public RateLimitReading? Find(string credential, string resource) =>
        _readings.TryGetValue((credential, resource), out var reading) && reading.ResetsAt > timeProvider.GetUtcNow() ? reading : null;

    /// <summary>The latest readings of a credential whose windows have not ended.</summary>
    public IEnumerable<RateLimitReading> All(string credential)
    {
        var now = timeProvider.GetUtcNow();
        return _readings.Where(one => one.Key.Credential.Equals(credential, StringComparison.Ordinal) && one.Value.ResetsAt > now).Select(one => one.Value);
    }

    // The reset is converted through two clocks, so the same window can come out a few seconds apart.
    private static bool SameWindow(RateLimitReading one, RateLimitReading other) =>
        (one.ResetsAt - other.ResetsAt).Duration() < TimeSpan.FromSeconds(30);
}
