using System.Collections.Concurrent;
using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>
/// The primary rate limits, one hour-long window per identity: <c>installation:7</c>, <c>user:octocat</c>,
/// <c>app:1</c> or <c>anonymous</c>.
/// </summary>
public sealed class RateLimits
{
    internal const string Core = "core";

    private readonly ConcurrentDictionary<string, RateLimitBucket> _buckets = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;
    private readonly int _limit;

    internal RateLimits(TimeProvider time, int limit)
    {
        _time = time;
        _limit = limit;
    }

    /// <summary>The limit of one identity; made when it is asked for first.</summary>
    /// <param name="identity">The identity, for example <c>user:octocat</c>.</param>
    /// <returns>Its limit, which may be changed.</returns>
    public RateLimitBucket For(string identity) => _buckets.GetOrAdd(
        identity,
        static (_, self) => new RateLimitBucket(self._time, self._limit),
        this);

    /// <summary>One of the limits that an identity has beside <c>core</c>, such as <c>graphql</c>.</summary>
    /// <param name="identity">The identity, for example <c>user:octocat</c>.</param>
    /// <param name="resource">The resource.</param>
    /// <returns>Its limit, which may be changed.</returns>
    public RateLimitBucket For(string identity, string resource) =>
        For(resource is Core ? identity : $"{identity}/{resource}");

    /// <summary>The limit of one installation.</summary>
    /// <param name="installationId">The number of the installation.</param>
    /// <returns>Its limit, which may be changed.</returns>
    public RateLimitBucket ForInstallation(long installationId) =>
        For(string.Create(CultureInfo.InvariantCulture, $"installation:{installationId}"));

    /// <summary>The limit of one user, shared by all of that user's tokens.</summary>
    /// <param name="login">The login.</param>
    /// <returns>Its limit, which may be changed.</returns>
    public RateLimitBucket ForUser(string login) => For("user:" + login);
}
