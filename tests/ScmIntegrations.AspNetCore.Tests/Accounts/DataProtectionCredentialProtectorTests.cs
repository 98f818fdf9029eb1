using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.AspNetCore.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Tests.Accounts.Protection;

namespace ScmIntegrations.AspNetCore.Tests.Accounts;

/// <summary>Data Protection keeps the promises of every protector; instances that share their keys read each other, and rotation is its own.</summary>
public sealed class DataProtectionCredentialProtectorTests : ProtectorContract, IAsyncDisposable
{
    private readonly Keys _keys = new();
    private readonly ServiceProvider _services;

    public DataProtectionCredentialProtectorTests() => _services = Application(_keys);

    protected override ICredentialProtector Protector => _services.GetRequiredService<ICredentialProtector>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Instances_that_share_their_keys_read_each_other()
    {
        await using var other = Application(_keys);

        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);

        (await other.GetRequiredService<ICredentialProtector>().UnprotectAsync(ciphertext, Context, Token)).Should().Equal(Plaintext);
    }

    [Fact]
    public async Task A_new_key_encrypts_and_the_old_one_still_decrypts()
    {
        var before = await Protector.ProtectAsync(Plaintext, Context, Token);
        var now = TimeProvider.System.GetUtcNow();
        var added = _services.GetRequiredService<IKeyManager>().CreateNewKey(now.AddSeconds(1), now.AddYears(1));
        await using var restarted = Application(_keys);
        var protector = restarted.GetRequiredService<ICredentialProtector>();

        (await protector.UnprotectAsync(before, Context, Token)).Should().Equal(Plaintext);
        var after = await protector.ProtectAsync(Plaintext, Context, Token);
        ProtectedPayload.KeyIdOf(after).Should().Be(added.KeyId);
        ProtectedPayload.KeyIdOf(before).Should().NotBe(added.KeyId);
    }

    [Fact]
    public async Task A_key_that_is_gone_is_named()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        await using var other = Application(new Keys());

        (await RefusesAsync(ciphertext, Context, other.GetRequiredService<ICredentialProtector>()))
            .Message.Should().Be($"What is stored for the account ca_1 cannot be decrypted: its key {ProtectedPayload.KeyIdOf(ciphertext)} is not among the application's Data Protection keys.");
    }

    [Fact]
    public async Task A_key_that_was_revoked_is_told_apart()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        _services.GetRequiredService<IKeyManager>().RevokeKey(ProtectedPayload.KeyIdOf(ciphertext)!.Value, "stolen");
        await using var restarted = Application(_keys);

        (await RefusesAsync(ciphertext, Context, restarted.GetRequiredService<ICredentialProtector>())).Message.Should().EndWith("was revoked.");
    }

    [Fact]
    public async Task What_was_changed_is_told_apart_from_a_missing_key()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        ciphertext[^1] ^= 1;

        (await RefusesAsync(ciphertext, Context)).Message.Should().Contain("it was changed");
        (await RefusesAsync([1, 2, 3], Context)).Message.Should().Contain("was not encrypted by Data Protection");
    }

    [Fact]
    public async Task An_application_of_another_name_is_another_application()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        await using var other = Application(_keys, "another");

        (await RefusesAsync(ciphertext, Context, other.GetRequiredService<ICredentialProtector>())).Message.Should().Contain("an application of another name");
    }

    [Fact]
    public async Task What_the_application_protects_elsewhere_is_no_credential()
    {
        var cookie = _services.GetRequiredService<IDataProtectionProvider>().CreateProtector("ScmIntegrations.Accounts").Protect(Plaintext);

        await RefusesAsync(cookie, Context);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_no_unreadable_credential()
    {
        var ciphertext = await Protector.ProtectAsync(Plaintext, Context, Token);
        await using var restarted = Application(_keys);
        _keys.IsBroken = true;
        var protector = restarted.GetRequiredService<ICredentialProtector>();

        (await FluentActions.Awaiting(async () => await protector.UnprotectAsync(ciphertext, Context, Token)).Should().ThrowAsync<ScmTransportException>())
            .Which.Message.Should().StartWith("A credential could not be decrypted: the application's Data Protection keys cannot be had.");
        (await FluentActions.Awaiting(async () => await protector.ProtectAsync(Plaintext, Context, Token)).Should().ThrowAsync<ScmTransportException>())
            .Which.Message.Should().StartWith("A credential could not be encrypted, so nothing was stored");

        _keys.IsBroken = false;
        (await protector.UnprotectAsync(ciphertext, Context, Token)).Should().Equal(Plaintext, "the keys are back");
    }

    private static ServiceProvider Application(IXmlRepository keys, string name = "shop")
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName(name);
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
        services.AddScmIntegrations().UseDataProtection();
        return services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>The place that instances share, as a database or a mounted directory would be.</summary>
    private sealed class Keys : IXmlRepository
    {
        private readonly Lock _gate = new();
        private readonly List<XElement> _elements = [];

        public bool IsBroken { get; set; }

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            lock (_gate)
            {
                return IsBroken ? throw new IOException("The place is not mounted.") : [.. _elements.Select(element => new XElement(element))];
            }
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            lock (_gate)
            {
                _elements.Add(new XElement(element));
            }
        }
    }
}
