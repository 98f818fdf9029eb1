using System.Security.Cryptography;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Authentication;

public sealed class AppKeyTests
{
    public static TheoryData<string, string> BadKeys => new()
    {
        { "nothing", "" },
        { "no PEM", "MIIEowIBAAKCAQEA" },
        { "a path", "/etc/keys/app.pem" },
        { "cut short", TestKeys.Pkcs1[..(TestKeys.Pkcs1.Length / 2)] },
        { "cut in the middle", string.Concat(TestKeys.Pkcs1.AsSpan(0, 400), TestKeys.Pkcs1.AsSpan(600)) },
        { "a letter that is no base64", TestKeys.Pkcs1.Insert(100, "!") },
        { "line breaks written out", TestKeys.Pkcs1.ReplaceLineEndings("\\n") },
        { "a public key", TestKeys.PublicKey },
        { "an encrypted key", TestKeys.Encrypted },
        { "a key of another kind", TestKeys.EllipticCurve },
        { "two keys", TestKeys.Pkcs1 + "\n" + TestKeys.Pkcs8 },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public void A_key_that_cannot_be_read_is_refused_when_it_is_given(string what, string pem)
    {
        var error = FluentActions.Invoking(() => RsaAppJwtSigner.FromPem(pem)).Should().Throw<ScmUnauthorizedException>(what).Which;

        error.Reason.Should().Be(ErrorReason.InvalidAppKey);
        error.Origin.Should().Be(ErrorOrigin.Client);
        error.InnerException.Should().NotBeNull();
        foreach (var line in pem.Split('\n').Where(line => line.Length > 20 && !line.StartsWith("--", StringComparison.Ordinal)))
        {
            error.ToString().Should().NotContain(line);
        }
    }

    [Fact]
    public void A_key_must_be_given() => FluentActions.Invoking(() => RsaAppJwtSigner.FromPem(null!)).Should().Throw<ArgumentNullException>();

    [Theory]
    [InlineData("PKCS#1", "\n")]
    [InlineData("PKCS#8", "\n")]
    [InlineData("PKCS#1", "\r\n")]
    public async Task Both_forms_of_a_key_get_a_token(string form, string lineEnding)
    {
        var pem = (string.Equals(form, "PKCS#1", StringComparison.Ordinal) ? TestKeys.Pkcs1 : TestKeys.Pkcs8).ReplaceLineEndings(lineEnding);
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = true;
            setup.Client = options => options.UseInstallation(ClientSetup.ClientId, pem, ClientSetup.InstallationId);
        });

        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    [Fact]
    public async Task A_key_of_another_App_is_the_operators_to_repair()
    {
        using var other = RSA.Create(2048);
        var pem = other.ExportRSAPrivateKeyPem();
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = true;
            setup.Client = options => options.UseInstallation(ClientSetup.ClientId, pem, ClientSetup.InstallationId);
        });

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmUnauthorizedException>()).Which;
        error.Reason.Should().Be(ErrorReason.InvalidAppKey);
        fixture.GitHub.Requests.Should().ContainSingle().Which.Path.Should().EndWith("/access_tokens");
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }
}
