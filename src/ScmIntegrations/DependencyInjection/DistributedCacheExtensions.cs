using Microsoft.Extensions.DependencyInjection.Extensions;
using ScmIntegrations.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the clients of several instances share what they have read.</summary>
public static class DistributedCacheExtensions
{
    /// <summary>
    /// Uses the application's <c>IDistributedCache</c> (Redis, PostgreSQL or any other) as a second level below the memory of every
    /// client. An application may have a distributed cache for reasons of its own, so it is not used unless this is called.
    /// </summary>
    /// <remarks>
    /// Values are compressed, and kept apart by host and credential. A store that is down or slow costs a call 250 ms at
    /// most and never fails it. Who can write to the store is trusted.
    /// </remarks>
    /// <param name="builder">The library's builder.</param>
    /// <param name="serviceKey">The key under which the cache is registered; <see langword="null"/> for the one without a key.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IScmIntegrationsBuilder UseDistributedCache(
        this IScmIntegrationsBuilder builder,
        string? serviceKey = null,
        Action<SecondLevelCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton(new SecondLevelChoice(serviceKey)));
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}
