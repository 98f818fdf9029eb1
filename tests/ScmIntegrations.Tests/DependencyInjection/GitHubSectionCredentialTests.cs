using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.DependencyInjection;

/// <summary>The credential of a client, as a section has it.</summary>
public sealed class GitHubSectionCredentialTests : IDisposable
{
    private const string Who = "The GitHub client 'acme': ";
    private readonly string _folder = Directory.CreateTempSubdirectory("scm-keys-").FullName;

    public static TheoryData<string, string[], string> Wrong => new()
    {
        { "a token with a blank", ["Token=a THISMUST b"], "Scm:GitHub:Token is empty or has characters that cannot be part of it" },
        { "a token and an App", [$"Token={Section.Token}", "App:InstallationId=7"], "Scm:GitHub:Token and Scm:GitHub:App:InstallationId are both set" },
        { "an owner of no token", ["TokenOwner=Customer", "App:ClientId=Iv1", "App:PrivateKey=PEM"], "Scm:GitHub:TokenOwner is set without Scm:GitHub:Token" },
        { "an installation of no App", ["App:InstallationId=7"], "Scm:GitHub:App:InstallationId is set without Scm:GitHub:App:ClientId" },
        { "a key of no App", ["App:PrivateKey=PEM"], "Scm:GitHub:App:PrivateKey is set without Scm:GitHub:App:ClientId" },
        { "an App without a key", ["App:ClientId=Iv1"], "Scm:GitHub:App:ClientId is set without a key; set Scm:GitHub:App:PrivateKey or Scm:GitHub:App:PrivateKeyFile, or register an IAppJwtSigner" },
        { "two keys", ["App:ClientId=Iv1", "App:PrivateKey=PEM", "App:PrivateKeyFile=/nowhere"], "Scm:GitHub:App:PrivateKey and Scm:GitHub:App:PrivateKeyFile are both set" },
        { "a key that is none", ["App:ClientId=Iv1", "App:PrivateKey=THISMUSTNEVERPRINT"], "Scm:GitHub:App:PrivateKey: The App's private key cannot be read" },
        { "a file that is not there", ["App:ClientId=Iv1", "App:PrivateKeyFile=/nowhere/key.pem"], "Scm:GitHub:App:PrivateKeyFile is '/nowhere/key.pem', and there is no such file" },
        { "a key in the place of its file", ["App:ClientId=Iv1", "App:PrivateKeyFile=PEM"], "Scm:GitHub:App:PrivateKeyFile is no path of a file" },
        { "installation 0", ["App:ClientId=Iv1", "App:PrivateKey=PEM", "App:InstallationId=0"], "Scm:GitHub:App:InstallationId is 0; an installation's id is above 0" },
        { "an installation that is no number", ["App:ClientId=Iv1", "App:PrivateKey=PEM", "App:InstallationId=acme"], "Scm:GitHub:App:InstallationId is 'acme'; it is a whole number above 0" },
        { "a client id with a blank", ["App:ClientId=Iv1 x", "App:PrivateKey=PEM"], "Scm:GitHub:App:ClientId is empty or has characters" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_credential_that_cannot_be_made_is_told_once(string what, string[] keys, string failure)
    {
        what.Should().NotBeEmpty();
        var read = keys.Select(key => key.Split('=', 2)).Select(pair => (pair[0], (string?)(pair[1] is "PEM" ? TestKeys.Pkcs1 : pair[1]))).ToArray();

        var failures = Section.Failures(Section.Of(read));

        failures.Should().ContainSingle().Which.Should().StartWith(Who + failure).And.NotContain(TestKeys.Pkcs1.Split('\n')[3]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_App_is_read_from_a_key_or_its_file(bool isFile)
    {
        var file = Path.Combine(_folder, "app.pem");
        await File.WriteAllTextAsync(file, TestKeys.Pkcs8, TestContext.Current.CancellationToken);

        var read = Section.Read(Section.Of(
            ("App:ClientId", ClientSetup.ClientId),
            isFile ? ("App:PrivateKeyFile", file) : ("App:PrivateKey", TestKeys.Pkcs1),
            ("App:InstallationId", "7")));

        (read.Credential, read.App!.ClientId, read.App.InstallationId).Should().Be((null, ClientSetup.ClientId, 7));
        read.App.Signer.Should().BeOfType<RsaAppJwtSigner>();
    }

    [Fact]
    public void A_key_may_have_its_line_breaks_written_out() =>
        Section.Read(Section.Of(("App:ClientId", "Iv1"), ("App:PrivateKey", TestKeys.Pkcs1.Replace("\n", "\\n", StringComparison.Ordinal))))
            .App!.InstallationId.Should().BeNull();

    [Fact]
    public async Task A_file_that_is_no_key_is_told_without_its_content()
    {
        var file = Path.Combine(_folder, "large.pem");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("THISMUSTNEVERPRINT\n", 5000)), TestContext.Current.CancellationToken);

        Section.Failures(Section.Of(("App:ClientId", "Iv1"), ("App:PrivateKeyFile", file))).Should().ContainSingle().Which.Should().Contain("a file of 95000 bytes; a key has at most 65536");
        Section.Failures(Section.Of(("App:ClientId", "Iv1"), ("App:PrivateKeyFile", _folder))).Should().ContainSingle().Which.Should().Contain("there is no such file");
    }

    [Fact]
    public async Task A_link_is_as_large_as_what_it_leads_to_and_what_has_no_length_is_not_read()
    {
        var (large, link) = (Path.Combine(_folder, "large.pem"), Path.Combine(_folder, "link.pem"));
        await File.WriteAllTextAsync(large, new string('x', 95000), TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, large);

        Section.Failures(Section.Of(("App:ClientId", "Iv1"), ("App:PrivateKeyFile", link))).Should().ContainSingle().Which.Should().Contain("a file of 95000 bytes; a key has at most 65536");

        // A pipe would never end, and neither would a device like this one.
        File.Delete(link);
        File.CreateSymbolicLink(link, OperatingSystem.IsWindows() ? Path.Combine(_folder, "none") : "/dev/zero");
        Section.Failures(Section.Of(("App:ClientId", "Iv1"), ("App:PrivateKeyFile", link))).Should().ContainSingle().Which.Should().ContainAny("which is empty, or no file", "there is no such file");

        File.Delete(link);
        await File.WriteAllTextAsync(large, TestKeys.Pkcs8, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, large);
        Section.Read(Section.Of(("App:ClientId", "Iv1"), ("App:PrivateKeyFile", link))).App.Should().NotBeNull();
    }

    [Fact]
    public void A_signer_that_is_registered_signs_for_an_App_without_a_key()
    {
        var signer = new NoSigner();

        var read = Section.Read(builder =>
        {
            builder.Services.AddKeyedSingleton<IAppJwtSigner>("acme", signer);
            builder.AddGitHub("acme", Section.Of(("App:ClientId", "Iv1"), ("App:InstallationId", "7")));
        });

        read.App!.Signer.Should().BeSameAs(signer);
    }

    [Fact]
    public void A_credential_without_a_key_is_the_default_clients_alone()
    {
        static void Add(IScmIntegrationsBuilder builder)
        {
            builder.Services.AddSingleton<IGitHubCredential>(new TokenCredential("registered"));
            builder.AddGitHub(_ => { });
            builder.AddGitHub("acme", _ => { });
        }

        Section.Read(Add, "").Credential!.Identity.Should().Be(new TokenCredential("registered").Identity);
        Section.Failures(Add).Should().ContainSingle().Which.Should().Contain("there is no credential");
    }

    [Fact]
    public void A_section_takes_the_place_of_a_credential_from_before_and_a_delegate_that_of_the_sections()
    {
        var token = new TokenCredential(Section.Token).Identity;

        Section.Read(builder =>
        {
            builder.AddGitHub("acme", options => options.UseToken("before"));
            builder.AddGitHub("acme", Section.Of(("Token", Section.Token)));
        }).Credential!.Identity.Should().Be(token);

        Section.Read(builder => builder.AddGitHub("acme", Section.Of(("App:ClientId", "Iv1")), options => options.UseToken(Section.Token))).Credential!.Identity.Should().Be(token);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class NoSigner : IAppJwtSigner
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => new([]);
    }
}
