using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using static ScmIntegrations.Tests.Accounts.AccountRig;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>What is registered, what may be replaced, and what is refused at the start.</summary>
public sealed class AccountRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_memory_nothing_needs_to_be_set()
    {
        await using var services = Build(builder => builder.AddConnectedAccounts());

        var accounts = services.GetRequiredService<IConnectedAccounts>();
        (await accounts.UpsertAsync(Ada, Tokens("access"), cancellationToken: Token)).Outcome.Should().Be(AccountOutcome.Created);
        services.GetRequiredService<IConnectedAccounts>().Should().BeSameAs(accounts);
        (await accounts.GetCredentialAsync(Ada, Token)).Should().BeEquivalentTo(Tokens("access"));
    }

    [Fact]
    public async Task A_store_without_a_key_is_refused_at_the_start()
    {
        await using var services = Build(builder => builder.AddConnectedAccounts(), new InMemoryAccountStore());

        var start = () => services.GetRequiredService<IStartupValidator>().Validate();

        start.Should().Throw<OptionsValidationException>().WithMessage("*EncryptionKeys*UseDataProtection*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_and_a_protector_of_ones_own_take_the_place_in_any_order(bool isFirst)
    {
        var store = new WatchedStore();
        var services = new ServiceCollection();
        void Own() => services.AddSingleton<IAccountStore>(store).AddSingleton<ICredentialProtector, MirrorProtector>();
        if (isFirst)
        {
            Own();
        }

        services.AddScmIntegrations().AddConnectedAccounts();
        if (!isFirst)
        {
            Own();
        }

        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        await provider.GetRequiredService<IConnectedAccounts>().UpsertAsync(Ada, Tokens("access"), cancellationToken: Token);

        System.Text.Encoding.UTF8.GetString((await store.FindCredentialAsync(Ada, Token))!.Sealed.Span).Should().Be("""}"ssecca":"nekot_ssecca"{""");
    }

    [Fact]
    public async Task All_that_is_wrong_with_keys_is_told_at_once()
    {
        await using var services = Build(builder => builder.AddConnectedAccounts(options =>
        {
            options.EncryptionKeys.Add(TestKey);
            options.EncryptionKeys.Add(TestKey);
            options.EncryptionKeys.Add(null!);
        }));

        FluentActions.Invoking(() => services.GetRequiredService<IStartupValidator>().Validate())
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(2).And.Contain(failure => failure.Contains("'test'"));
    }

    [Theory]
    [InlineData("", 32, "*1 to 64*")]
    [InlineData("a b", 32, "*1 to 64*")]
    [InlineData("k", 31, "*31 bytes*32*")]
    [InlineData("k", 33, "*33 bytes*32*")]
    [InlineData("k", 0, "*0 bytes*32*")]
    public void A_key_that_is_none_is_refused(string id, int length, string message) =>
        FluentActions.Invoking(() => AccountEncryptionKey.FromBase64(id, Convert.ToBase64String(new byte[length]))).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void A_key_that_is_no_base64_is_refused_without_being_shown() =>
        FluentActions.Invoking(() => AccountEncryptionKey.FromBase64("k", "THIS-IS-NO-BASE64")).Should().Throw<ArgumentException>().Which.Message.Should().Contain("'k'").And.NotContain("THIS-IS");

    private static ServiceProvider Build(Action<IScmIntegrationsBuilder> configure, IAccountStore? store = null)
    {
        var services = new ServiceCollection();
        if (store is not null)
        {
            services.AddSingleton(store);
        }

        configure(services.AddScmIntegrations());
        configure(services.AddScmIntegrations());
        return services.BuildServiceProvider();
    }

    /// <summary>Protects nothing, and shows that it was asked.</summary>
    private sealed class MirrorProtector : ICredentialProtector
    {
        public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> plaintext, ProtectionContext context, CancellationToken cancellationToken = default) => new(Mirror(plaintext));

        public ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken = default) => new(Mirror(ciphertext));

        private static byte[] Mirror(ReadOnlyMemory<byte> bytes)
        {
            var mirrored = bytes.ToArray();
            Array.Reverse(mirrored);
            return mirrored;
        }
    }
}
