using System.Collections.Concurrent;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Gives every pointer the same lifetime, and keeps what it was asked.</summary>
internal sealed class ManualStagger : ITtlStagger
{
    private readonly ConcurrentQueue<(string Key, int Index, DateTimeOffset Now)> _asked = new();

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public IReadOnlyList<(string Key, int Index, DateTimeOffset Now)> Asked => [.. _asked];

    public TimeSpan Next(string key, int index, DateTimeOffset now)
    {
        _asked.Enqueue((key, index, now));
        return Lifetime;
    }
}
