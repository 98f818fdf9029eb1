using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.ExtensionTests.Extensions;

/// <summary>Credentials and signers of the application's own, made by the container.</summary>
public sealed class CredentialExtensionTests
{
    private const string ClientId = "Iv23liAcmeApp";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_credential_that_is_registered_speaks_for_its_client(bool isBefore)
    {
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            builder.Services.AddSingleton(new Vault(new(StringComparer.Ordinal) { ["one"] = Application.Token, ["two"] = Application.OtherToken }));
            if (isBefore)
            {
                Register(builder.Services);
            }

            builder.AddGitHub(options => Application.Set(options, gitHub));
            builder.AddGitHub("acme", options => Application.Set(options, gitHub));
            if (!isBefore)
            {
                Register(builder.Services);
            }
        });

        await application.Client.GetRepositoryAsync(Application.Api, Cancellation);
        await application.Clients.GetClient("acme").GetRepositoryAsync(Application.Api, Cancellation);

        application.GitHub.Requests.Select(request => request.Token).Should().Equal(Application.Token, Application.OtherToken);

        static void Register(IServiceCollection services)
        {
            services.AddSingleton<IGitHubCredential>(provider => new VaultCredential(provider.GetRequiredService<Vault>(), "one"));
            services.AddKeyedSingleton<IGitHubCredential>("acme", (provider, _) => new VaultCredential(provider.GetRequiredService<Vault>(), "two"));
        }
    }

    [Fact]
    public async Task Options_can_be_set_with_the_help_of_services()
    {
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            builder.Services.AddSingleton(new Vault(new(StringComparer.Ordinal) { ["one"] = Application.OtherToken }));
            builder.AddGitHub(options => Application.Set(options, gitHub))
                .Configure((options, services) => options.Credential = new VaultCredential(services.GetRequiredService<Vault>(), "one"));
        });

        await application.Client.GetRepositoryAsync(Application.Api, Cancellation);

        application.GitHub.Requests.Should().ContainSingle().Which.Token.Should().Be(Application.OtherToken);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_renewed_by_the_applications_credential()
    {
        var vault = new Vault(new(StringComparer.Ordinal) { ["one"] = "stale" });
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            builder.Services.AddSingleton<IGitHubCredential>(new VaultCredential(vault, "one") { OnRefusal = () => vault.Secrets["one"] = Application.Token });
            builder.AddGitHub(options => Application.Set(options, gitHub));
        });

        await application.Client.GetRepositoryAsync(Application.Api, Cancellation);

        application.GitHub.Requests.Select(request => request.Token).Should().Equal("stale", Application.Token);
    }

    [Theory]
    [InlineData("configuration")]
    [InlineData("configuration by key")]
    [InlineData("code")]
    public async Task A_signer_that_is_registered_signs_for_the_App_and_all_its_installations(string way)
    {
        var signer = new VaultSigner();
        await using var application = await Application.StartAsync((builder, gitHub) =>
        {
            var app = gitHub.AddApp(1, ClientId, signer.PublicKey);
            gitHub.AddInstallation(app, 7, "acme");
            gitHub.AddInstallation(app, 8, "octo");
            gitHub.AddRepository("octo/cat");
            _ = way is "configuration by key" ? builder.Services.AddKeyedSingleton<IAppJwtSigner>("acme", signer) : builder.Services.AddSingleton<IAppJwtSigner>(signer);
            _ = way is "code"
                ? builder.AddGitHub("acme", options => Application.Set(options, gitHub)).Configure((options, services) => options.UseInstallation(ClientId, services.GetRequiredService<IAppJwtSigner>(), 7))
                : builder.AddGitHub("acme", Application.Section("Scm:App", ("App:ClientId", ClientId), ("App:InstallationId", "7")), options => Application.Set(options, gitHub));
        });

        await application.Clients.GetClient("acme").GetRepositoryAsync(Application.Api, Cancellation);
        await application.Clients.GetInstallationClient(8, "acme").GetRepositoryAsync(new("octo/cat"), Cancellation);

        signer.Signed.Should().Be(2);
    }

    [Fact]
    public async Task What_the_container_has_made_it_disposes_of()
    {
        DisposableCredential? made = null;
        var application = await Application.StartAsync((builder, gitHub) =>
        {
            builder.Services.AddKeyedSingleton<IGitHubCredential>("", (_, _) => made = new DisposableCredential());
            builder.AddGitHub(options => Application.Set(options, gitHub));
        });
        await application.Client.GetRepositoryAsync(Application.Api, Cancellation);

        await application.DisposeAsync();

        made!.IsDisposed.Should().BeTrue();
    }

    private sealed record Vault(Dictionary<string, string> Secrets);

    private sealed class VaultCredential(Vault vault, string name) : IGitHubCredential
    {
        public string Identity => $"vault:{name}";

        public CredentialOwner Owner => CredentialOwner.Operator;

        public bool CanRenew => OnRefusal is not null;

        public Action? OnRefusal { get; init; }

        public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(new GitHubToken(vault.Secrets[name]));

        public void Invalidate(GitHubToken token) => OnRefusal?.Invoke();
    }

    private sealed class VaultSigner : IAppJwtSigner
    {
        private readonly RSA _key = RSA.Create(2048);
        private int _signed;

        public int Signed => _signed;

        public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _signed);
            return new(_key.SignData(data.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    private sealed class DisposableCredential : IGitHubCredential, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public string Identity => "disposable";

        public CredentialOwner Owner => CredentialOwner.Operator;

        public bool CanRenew => false;

        public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(new GitHubToken(Application.Token));

        public void Invalidate(GitHubToken token)
        {
        }

        public void Dispose() => IsDisposed = true;
    }
}
