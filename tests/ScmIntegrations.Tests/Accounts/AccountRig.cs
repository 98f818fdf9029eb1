using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>Connected accounts as an application has them, over a store that counts, and that can be made to fail.</summary>
internal sealed class AccountRig : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    public AccountRig(WatchedStore? store = null, Action<IServiceCollection>? configure = null)
    {
        Store = store ?? new WatchedStore();
        Time = new ManualTimeProvider(Start);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IAccountStore>(Store);
        services.AddSingleton<IFailureReporter>(Reports);
        configure?.Invoke(services);
        services.AddScmIntegrations().AddConnectedAccounts(options => options.EncryptionKeys.Add(TestKey));
        _services = services.BuildServiceProvider();
        Accounts = _services.GetRequiredService<IConnectedAccounts>();
    }

    public static AccountEncryptionKey TestKey { get; } = new("test", Enumerable.Range(0, 32).Select(number => (byte)number).ToArray());

    public static AccountIdentity Ada { get; } = new("github", "ada") { OrganizationId = "acme", UserId = "7" };

    public WatchedStore Store { get; }

    public ManualTimeProvider Time { get; }

    public RecordingReporter Reports { get; } = new();

    public IConnectedAccounts Accounts { get; }

    public IServiceProvider Services => _services;

    public static OAuthTokenCredential Tokens(string access, string? refresh = null) =>
        new() { AccessToken = new(access), RefreshToken = refresh is null ? null : new(refresh) };

    public async Task<OAuthTokenCredential> StoredTokensAsync(AccountIdentity identity) =>
        (OAuthTokenCredential)(await Accounts.GetCredentialAsync(identity))!;

    /// <summary>Writes a state as an administrator or another application would.</summary>
    public async Task SetStatusAsync(AccountIdentity identity, AccountStatus status)
    {
        var present = (await Store.FindAsync(identity))!;
        (await Store.TryReplaceAsync(present with { Version = present.Version + 1, Status = status }, null)).Should().BeTrue();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
