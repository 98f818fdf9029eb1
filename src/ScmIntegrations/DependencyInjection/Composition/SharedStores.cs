using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScmIntegrations.Caching;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Sharing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What the clients of an application share with its other instances: each part is there when it is registered.</summary>
internal sealed class SharedStores
{
    private const string Category = "ScmIntegrations.SharedStores";

    private readonly ICooldownStore? _cooldowns;
    private readonly StoreGuard _cooldownGuard;
    private readonly TimeProvider _time;

    public SharedStores(IServiceProvider services)
    {
        _time = services.GetRequiredService<TimeProvider>();
        var log = new StoreLog(services.GetRequiredService<ILoggerFactory>().CreateLogger(Category));
        StoreGuard NewGuard(string store) => new(store, _time, log);

        // A guard for each, because each can be a store of its own.
        _cooldowns = services.GetService<ICooldownStore>();
        _cooldownGuard = NewGuard("cool-down store");
        if (services.GetService<SecondLevelChoice>() is { } choice)
        {
            var options = services.GetRequiredService<IOptions<SecondLevelCacheOptions>>().Value;
            SecondLevel = new SecondLevelCache(Find(services, choice.ServiceKey), options, NewGuard(SecondLevelCache.Name), log);
            Refresh = new SharedRefresh(services.GetService<IRefreshLock>(), NewGuard(SharedRefresh.Name), _time);
        }
    }

    /// <summary>The second level of caches; <see langword="null"/> unless <c>UseDistributedCache</c> was called.</summary>
    public SecondLevelCache? SecondLevel { get; }

    /// <summary>Fetches once for all instances; <see langword="null"/> without a second level, where there is nothing to find.</summary>
    public SharedRefresh? Refresh { get; }

    /// <summary>The cool-downs of a host; <see langword="null"/> when they are not shared.</summary>
    public SharedCooldowns? CooldownsOf(string host) =>
        _cooldowns is null ? null : new SharedCooldowns(_cooldowns, host, _cooldownGuard, _time);

    private static IDistributedCache Find(IServiceProvider services, string? serviceKey) =>
        (serviceKey is null ? services.GetService<IDistributedCache>() : services.GetKeyedService<IDistributedCache>(serviceKey))
        ?? throw new InvalidOperationException(
            serviceKey is null
                ? "UseDistributedCache was called, and no IDistributedCache is registered. Register one, or call UseDistributedCache with the key under which it is."
                : $"UseDistributedCache was called with the key '{serviceKey}', and no IDistributedCache is registered under it.");
}

/// <summary>That a distributed cache is used, and the key it is registered under.</summary>
internal sealed record SecondLevelChoice(string? ServiceKey);
