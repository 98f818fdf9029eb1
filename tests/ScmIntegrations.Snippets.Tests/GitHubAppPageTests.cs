using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The code of docs/how-to/github-app.md.</summary>
public sealed class GitHubAppPageTests
{
    private static CancellationToken Cancellation => PageSetup.Cancellation;

    [Fact]
    public async Task The_App_finds_its_installation_and_a_client_speaks_for_it()
    {
        var (gitHub, app) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.Provide(services => Register(services, app.ClientId, app.PrivateKeyPem, 42));

        (await FindAsync(services.GetRequiredService<IGitHubAppClient>(), "acme", Cancellation)).Should().Be(42);
        (await FindAsync(services.GetRequiredService<IGitHubAppClient>(), "globex", Cancellation)).Should().BeNull();

        var client = services.GetRequiredKeyedService<IGitHubIntegrationClient>("acme");
        (await client.GetTreeAsync(new("acme/api"), cancellationToken: Cancellation)).Files.Should().HaveCount(2);
        gitHub.Count(HttpMethod.Post, "/app/installations/{id}/access_tokens").Should().Be(1);
    }

    [Fact]
    public async Task A_vault_signs_for_the_App()
    {
        var (gitHub, app) = await PageSetup.StartAsync();
        await using var server = gitHub;
        using var vault = new KeyInMemory(app.PrivateKeyPem);
        await using var services = gitHub.Provide(services => RegisterVault(services, vault, app.ClientId, 42));

        await services.GetRequiredService<IGitHubIntegrationClient>().GetTreeAsync(new("acme/api"), cancellationToken: Cancellation);

        vault.Signed.Should().Be(1);
    }

    [Fact]
    public async Task The_audit_names_who_lacks_what()
    {
        var (gitHub, app) = await PageSetup.StartAsync();
        await using var server = gitHub;
        app.Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "write", ["metadata"] = "read" };
        await using var services = gitHub.Provide(services => Register(services, app.ClientId, app.PrivateKeyPem, 42));
        await using var output = new StringWriter();

        await AuditAsync(services.GetRequiredService<IGitHubAppClient>(), output, Cancellation);

        output.ToString().Should().StartWith("acme lacks contents").And.Contain("/installations/42");
    }

    [Fact]
    public async Task A_narrow_token_opens_what_it_says()
    {
        var (gitHub, app) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.Provide(services => Register(services, app.ClientId, app.PrivateKeyPem, 42));

        var token = await NarrowAsync(services.GetRequiredService<IGitHubAppClient>(), 42, Cancellation);

        token.Repositories.Should().ContainSingle().Which.FullName.Should().Be("acme/api");
    }

    private static void Register(IServiceCollection services, string clientId, string privateKeyPem, long installationId)
    {
        // snippet:register
        services.AddScmIntegrations().AddGitHub(gitHub => gitHub.UseApp(clientId, privateKeyPem));
        services.AddScmIntegrations().AddGitHub("acme", gitHub => gitHub.UseInstallation(clientId, privateKeyPem, installationId));
        // end-snippet
    }

    // snippet:find
    private static async Task<long?> FindAsync(IGitHubAppClient app, string organization, CancellationToken cancellationToken)
    {
        var installation = await app.FindOrganizationInstallationAsync(organization, cancellationToken);
        return installation?.Id;
    }
    // end-snippet

    private static void RegisterVault(IServiceCollection services, IKeyVault vault, string clientId, long installationId)
    {
        // snippet:vault-registration
        services.AddScmIntegrations().AddGitHub(gitHub => gitHub.UseInstallation(clientId, new VaultSigner(vault, "github-app"), installationId));
        // end-snippet
    }

    private static async Task AuditAsync(IGitHubAppClient app, TextWriter output, CancellationToken cancellationToken)
    {
        // snippet:audit
        await foreach (var audit in app.AuditInstallationsAsync(cancellationToken: cancellationToken))
        {
            if (!audit.IsComplete)
            {
                await output.WriteLineAsync($"{audit.Installation.Account?.Login} lacks {string.Join(", ", audit.Missing)}; granted here: {audit.FixUrl}");
            }
        }
        // end-snippet
    }

    // snippet:narrow
    private static Task<GitHubInstallationToken> NarrowAsync(IGitHubAppClient app, long installationId, CancellationToken cancellationToken)
    {
        var scope = new InstallationTokenScope
        {
            Repositories = [new RepositoryRef("acme/api")],
            Permissions = new Dictionary<string, string> { ["contents"] = "read" },
        };
        return app.CreateInstallationTokenAsync(installationId, scope, cancellationToken);
    }
    // end-snippet

    // snippet:vault
    private sealed class VaultSigner(IKeyVault vault, string keyName) : IAppJwtSigner
    {
        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
            await vault.SignRs256Async(keyName, SHA256.HashData(data.Span), cancellationToken);
    }
    // end-snippet

    /// <summary>The client of a key vault: the key never leaves it.</summary>
    private interface IKeyVault
    {
        Task<byte[]> SignRs256Async(string keyName, byte[] digest, CancellationToken cancellationToken);
    }

    private sealed class KeyInMemory : IKeyVault, IDisposable
    {
        private readonly RSA _key = RSA.Create();

        public KeyInMemory(string pem) => _key.ImportFromPem(pem);

        public int Signed { get; private set; }

        public Task<byte[]> SignRs256Async(string keyName, byte[] digest, CancellationToken cancellationToken)
        {
            Signed++;
            return Task.FromResult(_key.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        public void Dispose() => _key.Dispose();
    }
}
