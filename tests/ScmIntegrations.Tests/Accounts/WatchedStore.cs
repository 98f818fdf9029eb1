using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>A store in memory that counts what is asked, and lets a test step in before a call or lose an answer after it.</summary>
internal sealed class WatchedStore : IAccountStore
{
    private readonly InMemoryAccountStore _store = new();
    private int _finds;
    private int _secretReads;
    private int _writes;

    public int Finds => _finds;

    public int SecretReads => _secretReads;

    public int Writes => _writes;

    /// <summary>Runs before each call, with its name.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after each call has been carried out, with its name.</summary>
    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    public Task<StoredAccount?> FindAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _finds);
        return RunAsync("find", () => _store.FindAsync(identity, cancellationToken));
    }

    public Task<StoredCredential?> FindCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _secretReads);
        return RunAsync("find_credential", () => _store.FindCredentialAsync(identity, cancellationToken));
    }

    public Task<StoredAccountPage> ListAsync(AccountFilter filter, string? afterId, CancellationToken cancellationToken = default) =>
        RunAsync("list", () => _store.ListAsync(filter, afterId, cancellationToken));

    public Task<bool> TryAddAsync(StoredAccount account, ReadOnlyMemory<byte> sealedCredential, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        return RunAsync("add", () => _store.TryAddAsync(account, sealedCredential, cancellationToken));
    }

    public Task<bool> TryReplaceAsync(StoredAccount account, byte[]? sealedCredential, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        return RunAsync("replace", () => _store.TryReplaceAsync(account, sealedCredential, cancellationToken));
    }

    public Task<bool> RemoveAsync(AccountIdentity identity, CancellationToken cancellationToken = default) =>
        RunAsync("remove", () => _store.RemoveAsync(identity, cancellationToken));

    private async Task<T> RunAsync<T>(string call, Func<Task<T>> run)
    {
        await Before(call);
        var result = await run();
        await After(call);
        return result;
    }
}
