using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Authentication;

public sealed class AppJwtTests
{
    [Fact]
    public async Task The_token_of_an_App_says_what_GitHub_reads()
    {
        await using var fixture = await StartAsync(RsaAppJwtSigner.FromPem(TestKeys.Pkcs1));

        await fixture.GetApiAsync();

        var parts = fixture.GitHub.Requests[0].Token!.Split('.');
        var (header, claims) = (Decode(parts[0]), Decode(parts[1]));
        header.GetProperty("alg").GetString().Should().Be("RS256");
        claims.GetProperty("iss").GetString().Should().Be(ClientSetup.ClientId);
        var now = fixture.Time.GetUtcNow().ToUnixTimeSeconds();
        claims.GetProperty("iat").GetInt64().Should().Be(now - 60);
        claims.GetProperty("exp").GetInt64().Should().Be(now + 540, "ten minutes is GitHub's limit");
        using var key = RSA.Create();
        key.ImportFromPem(TestKeys.PublicKey);
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .Should().BeTrue();
    }

    [Fact]
    public async Task A_signer_of_the_users_own_signs()
    {
        var vault = new Vault();
        await using var fixture = await StartAsync(vault);

        await fixture.GetApiAsync();

        var parts = fixture.GitHub.Requests[0].Token!.Split('.');
        vault.Signed.Should().ContainSingle().Which.Should().Be($"{parts[0]}.{parts[1]}");
    }

    [Fact]
    public async Task A_signer_that_fails_sends_nothing()
    {
        await using var fixture = await StartAsync(new Vault { Failure = new TimeoutException("The vault sleeps.") });

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which;
        error.Reason.Should().Be(ErrorReason.CredentialMissing);
        error.InnerException.Should().BeOfType<TimeoutException>();
        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task The_installation_is_described_to_the_App_itself()
    {
        await using var fixture = await StartAsync(RsaAppJwtSigner.FromPem(TestKeys.Pkcs1));

        var installation = await fixture.Client.GetInstallationAsync(TestContext.Current.CancellationToken);

        installation.Id.Should().Be(ClientSetup.InstallationId);
        installation.Account!.Login.Should().Be("acme");
        installation.Permissions.Should().Contain("contents", "read");
        fixture.GitHub.Requests.Should().ContainSingle().Which.Token.Should().StartWith("ey");
    }

    [Fact]
    public async Task A_token_has_no_installation()
    {
        await using var fixture = await ClientFixture.StartAsync();

        var call = () => fixture.Client.GetInstallationAsync(TestContext.Current.CancellationToken);

        (await call.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*UseInstallation*");
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    private static Task<ClientFixture> StartAsync(IAppJwtSigner signer) => ClientFixture.StartAsync(setup =>
    {
        setup.AsInstallation = true;
        setup.Time = new ManualTimeProvider();
        setup.Client = options => options.UseInstallation(ClientSetup.ClientId, signer, ClientSetup.InstallationId);
    });

    private static JsonElement Decode(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));

    private sealed class Vault : IAppJwtSigner
    {
        private readonly RsaAppJwtSigner _key = RsaAppJwtSigner.FromPem(TestKeys.Pkcs8);

        public ConcurrentQueue<string> Signed { get; } = new();

        public Exception? Failure { get; init; }

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (Failure is not null)
            {
                throw Failure;
            }

            Signed.Enqueue(Encoding.ASCII.GetString(data.Span));
            return await _key.SignAsync(data, cancellationToken);
        }
    }
}
