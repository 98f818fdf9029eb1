using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Tests.Instances;

/// <summary>Adds, changes and removes accounts without an end, and tells of each write when it is done. Each writer has accounts of its own.</summary>
internal sealed class CrashWriter(IAccountStore store, string name, int seed, Action<Acknowledgement> tell)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    // Known to all processes of a test, and to nobody's secrets.
    private static readonly AesGcmCredentialProtector Protector = new([new("test", SHA256.HashData("accounts"u8))]);

    private readonly Random _random = new(seed);
    private readonly List<string> _present = [];
    private int _added;

    public static AccountIdentity Identity(string identifier) => new("github", identifier) { OrganizationId = "acme" };

    /// <summary>Decrypts, and throws unless it is the credential of this account in this version.</summary>
    public static async Task CheckAsync(StoredCredential stored)
    {
        var plaintext = await Protector.UnprotectAsync(stored.Sealed, Context(stored.Account), TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(plaintext).Should().Be(Secret(stored.Account));
        stored.Account.StatusReason.Should().Be($"version {stored.Account.Version}", "a row is of one write");
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WriteAsync(cancellationToken);
        }
    }

    /// <summary>One write.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var dice = _random.Next(10);
        if (_present.Count < 3 || dice == 0)
        {
            var identifier = string.Create(CultureInfo.InvariantCulture, $"{name}-{_added++}");
            var account = New(identifier);
            Expect(await store.TryAddAsync(account, await SealAsync(account), cancellationToken));
            _present.Add(identifier);
            tell(new(identifier, 1));
            return;
        }

        var one = _present[_random.Next(_present.Count)];
        if (dice == 1)
        {
            tell(new(one, Acknowledgement.Removing));
            Expect(await store.RemoveAsync(Identity(one), cancellationToken));
            _present.Remove(one);
            tell(new(one, Acknowledgement.Removed));
            return;
        }

        var present = await store.FindAsync(Identity(one), cancellationToken);
        var next = present! with { Version = present.Version + 1, CredentialVersion = present.CredentialVersion + (dice % 2), StatusReason = $"version {present.Version + 1}" };
        Expect(await store.TryReplaceAsync(next, dice % 2 == 0 ? null : await SealAsync(next), cancellationToken));
        tell(new(one, next.Version));
    }

    private static StoredAccount New(string identifier) => new()
    {
        Id = "ca_" + identifier,
        Identity = Identity(identifier),
        Version = 1,
        CredentialVersion = 1,
        Status = AccountStatus.Active,
        StatusReason = "version 1",
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    private static ValueTask<byte[]> SealAsync(StoredAccount account) => Protector.ProtectAsync(Encoding.UTF8.GetBytes(Secret(account)), Context(account));

    private static ProtectionContext Context(StoredAccount account) => new("credential", account.Identity, account.Id, account.CredentialVersion);

    private static string Secret(StoredAccount account) => $"the token of {account.Id} in version {account.CredentialVersion}";

    private static void Expect(bool isDone)
    {
        if (!isDone)
        {
            throw new InvalidOperationException("A write was refused that nobody stood in the way of.");
        }
    }
}

/// <summary>What a writer says of a write that is done.</summary>
internal sealed record Acknowledgement(string Identifier, long Version)
{
    public const long Removed = -1;

    /// <summary>Begins to remove it: from here on it may be gone.</summary>
    public const long Removing = -2;

    /// <summary>A whole line. It ends with a dot, so that one that was cut off is told apart.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Identifier} {Version} .");

    public static Acknowledgement? Read(string line) =>
        line.Split(' ') is [var identifier, var version, "."] ? new(identifier, long.Parse(version, CultureInfo.InvariantCulture)) : null;
}
