using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.ExtensionTests.Extensions;

/// <summary>Where accounts are kept, how they are encrypted, and what instances share.</summary>
public sealed class StoreExtensionTests
{
    private static readonly AccountIdentity Alice = new("github", "alice");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accounts_are_kept_in_the_store_and_encrypted_by_the_protector_that_are_registered(bool isBefore)
    {
        var store = new CountingStore();
        await using var application = await Application.StartAsync((builder, _) =>
        {
            if (isBefore)
            {
                Register(builder.Services);
            }

            builder.AddConnectedAccounts();
            if (!isBefore)
            {
                Register(builder.Services);
            }
        });
        var accounts = application.Services.GetRequiredService<IConnectedAccounts>();

        await accounts.UpsertAsync(Alice, new StaticSecretCredential(new Dictionary<string, SecretText>(StringComparer.Ordinal) { ["token"] = new(Application.Token) }), cancellationToken: Cancellation);

        (await accounts.GetCredentialAsync(Alice, Cancellation)).Should().BeOfType<StaticSecretCredential>();
        store.Sealed.Should().ContainSingle().Which.Should().StartWith("mine:");

        void Register(IServiceCollection services) => services.AddSingleton<IAccountStore>(store).AddSingleton<ICredentialProtector, Mine>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mine")]
    public async Task A_distributed_cache_of_ones_own_is_the_second_level(string? key)
    {
        var cache = new DictionaryCache();
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            _ = key is null ? builder.Services.AddSingleton<IDistributedCache>(cache) : builder.Services.AddKeyedSingleton<IDistributedCache>(key, cache);
            builder.UseDistributedCache(key);
            builder.AddGitHub(Set);
            builder.AddGitHub("other", Set);

            void Set(GitHubIntegrationOptions options)
            {
                Application.Set(options, gitHub);
                options.UseToken(Application.Token);
            }
        });
        await application.Client.GetCachedTreeAsync(Application.Api, "main", Cancellation);
        await cache.Written.Task.WaitAsync(Cancellation);
        var sent = application.GitHub.Requests.Count;

        var read = await application.Clients.GetClient("other").GetCachedTreeAsync(Application.Api, "main", Cancellation);

        (read.Status, application.GitHub.Requests.Count).Should().Be((TreeStatus.Cached, sent));
    }

    private sealed class CountingStore : IAccountStore
    {
        private readonly InMemoryAccountStore _store = new();

        public ConcurrentQueue<string> Sealed { get; } = new();

        public Task<StoredAccount?> FindAsync(AccountIdentity identity, CancellationToken cancellationToken = default) => _store.FindAsync(identity, cancellationToken);

        public Task<StoredCredential?> FindCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default) => _store.FindCredentialAsync(identity, cancellationToken);

        public Task<StoredAccountPage> ListAsync(AccountFilter filter, string? afterId, CancellationToken cancellationToken = default) => _store.ListAsync(filter, afterId, cancellationToken);

        public Task<bool> TryAddAsync(StoredAccount account, ReadOnlyMemory<byte> sealedCredential, CancellationToken cancellationToken = default)
        {
            Sealed.Enqueue(Encoding.UTF8.GetString(sealedCredential.Span));
            return _store.TryAddAsync(account, sealedCredential, cancellationToken);
        }

        public Task<bool> TryReplaceAsync(StoredAccount account, byte[]? sealedCredential, CancellationToken cancellationToken = default) => _store.TryReplaceAsync(account, sealedCredential, cancellationToken);

        public Task<bool> RemoveAsync(AccountIdentity identity, CancellationToken cancellationToken = default) => _store.RemoveAsync(identity, cancellationToken);
    }

    private sealed class Mine : ICredentialProtector
    {
        public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> plaintext, ProtectionContext context, CancellationToken cancellationToken = default) => new([.. "mine:"u8, .. plaintext.Span]);

        public ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken = default) => new(ciphertext[5..].ToArray());
    }

    private sealed class DictionaryCache : IDistributedCache
    {
        private readonly ConcurrentDictionary<string, byte[]> _values = new(StringComparer.Ordinal);

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[]? Get(string key) => _values.GetValueOrDefault(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key) => _values.TryRemove(key, out _);

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            Remove(key);
            return Task.CompletedTask;
        }

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
        {
            _values[key] = value;
            if (_values.Count >= 2)
            {
                Written.TrySetResult();
            }
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return Task.CompletedTask;
        }
    }
}
