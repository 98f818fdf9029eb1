using ScmIntegrations.Caching;
using ScmIntegrations.Resilience.Sharing;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>A second level over a store that a test plays.</summary>
internal sealed class SecondLevelRig : IDisposable
{
    public static readonly SecondLevelKey Key = SecondLevelKey.Of("tree", "api.github.com", "installation:42", "acme/api", "main");

    private readonly StoreLog _log;

    public SecondLevelRig(SecondLevelCacheOptions? options = null)
    {
        _log = new StoreLog(Log.CreateLogger("ScmIntegrations.SharedStores"));
        Guard = NewGuard(SecondLevelCache.Name);
        Cache = new SecondLevelCache(Store, options ?? new(), Guard, _log);
    }

    public ManualTimeProvider Time { get; } = new();

    public RecordingLoggerFactory Log { get; } = new();

    public ScriptedCache Store { get; } = new();

    public StoreGuard Guard { get; }

    public SecondLevelCache Cache { get; }

    public IEnumerable<int> Told => Log.Lines.Select(line => line.Event.Id);

    public StoreGuard NewGuard(string store) => new(store, Time, _log);

    public Task<StoreAnswer<Aged<byte[]>?>> FindAsync(StoreBudget? budget = null, CancellationToken? cancellationToken = null) =>
        Cache.FindAsync(Key, budget ?? StoreBudget.ForCall(), cancellationToken ?? TestContext.Current.CancellationToken);

    public Task SetAsync(byte[] value) =>
        Cache.Set(Key, () => value, Time.GetUtcNow(), Time.GetUtcNow().AddHours(24), TimeSpan.FromDays(8));

    /// <summary>Looks while the store says nothing, and lets the time pass that a call has.</summary>
    public async Task<StoreAnswer<Aged<byte[]>?>> FindInVainAsync()
    {
        var finding = FindAsync();
        if (!finding.IsCompleted)
        {
            await Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
            Time.Advance(TimeSpan.FromMilliseconds(250));
        }

        return await finding.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Store.Dispose();
        Log.Dispose();
    }
}
