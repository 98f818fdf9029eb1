using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.AspNetCore.Accounts;

namespace ScmIntegrations.AspNetCore.Tests.Accounts;

/// <summary>One line, wherever it stands among the others.</summary>
public sealed class RegistrationTests
{
    private static readonly AccountIdentity Ada = new("github", "ada");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Orders => ["accounts first", "protection first", "own protector first"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task It_takes_the_place_of_every_other_protector(string order)
    {
        var services = new ServiceCollection();
        var builder = services.AddScmIntegrations();
        _ = order switch
        {
            "accounts first" => builder.AddConnectedAccounts().UseDataProtection(),
            "protection first" => builder.UseDataProtection().AddConnectedAccounts(),
            _ => OwnFirst(builder).UseDataProtection().UseDataProtection().AddConnectedAccounts(),
        };
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<ICredentialProtector>().Should().ContainSingle().Which.Should().BeOfType<DataProtectionCredentialProtector>();
    }

    [Fact]
    public async Task Accounts_in_a_store_are_encrypted_with_it_and_need_no_key()
    {
        var store = new InMemoryAccountStore();
        var services = new ServiceCollection();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<IAccountStore>(store).AddScmIntegrations().AddConnectedAccounts().UseDataProtection();
        await using var provider = services.BuildServiceProvider();
        var accounts = provider.GetRequiredService<IConnectedAccounts>();

        await accounts.UpsertAsync(Ada, new OAuthTokenCredential { AccessToken = new SecretText("ghu_THISMUSTNEVERPRINT") }, cancellationToken: Token);

        (await accounts.GetCredentialAsync(Ada, Token)).Should().BeOfType<OAuthTokenCredential>().Which.AccessToken!.Value.Should().Be("ghu_THISMUSTNEVERPRINT");
        var stored = (await store.FindCredentialAsync(Ada, Token))!.Sealed;
        stored.Span.StartsWith((ReadOnlySpan<byte>)[0x09, 0xF0, 0xC9, 0xF0]).Should().BeTrue("it begins as Data Protection's payloads do");
        Encoding.UTF8.GetString(stored.Span).Should().NotContain("THISMUST");
    }

    [Fact]
    public void No_builder_is_refused() => FluentActions.Invoking(() => default(IScmIntegrationsBuilder)!.UseDataProtection()).Should().Throw<ArgumentNullException>();

    private static IScmIntegrationsBuilder OwnFirst(IScmIntegrationsBuilder builder)
    {
        builder.Services.AddSingleton<ICredentialProtector, Own>();
        return builder;
    }

    private sealed class Own : ICredentialProtector
    {
        public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> plaintext, ProtectionContext context, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
