using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.ExtensionTests.Conformance;

/// <summary>The client without a name.</summary>
public sealed class DefaultRegistrationTests : RegistrationConformance
{
    protected override string Label => "default";

    protected override string Subject => "The default GitHub client";

    protected override IGitHubIntegrationBuilder Add(IScmIntegrationsBuilder builder, FakeGitHub gitHub, int maxPages) => builder.AddGitHub(options =>
    {
        Application.Set(options, gitHub);
        options.UseToken(Application.Token);
        options.MaxPages = maxPages;
    });

    protected override IGitHubIntegrationClient Resolve(IServiceProvider services) => services.GetRequiredService<IGitHubIntegrationClient>();
}

/// <summary>A client by its name from the factory.</summary>
public class NamedRegistrationTests : RegistrationConformance
{
    protected override string Label => "acme";

    protected override string Subject => "The GitHub client 'acme'";

    protected override IGitHubIntegrationBuilder Add(IScmIntegrationsBuilder builder, FakeGitHub gitHub, int maxPages) => builder.AddGitHub("acme", options =>
    {
        Application.Set(options, gitHub);
        options.UseToken(Application.Token);
        options.MaxPages = maxPages;
    });

    protected override IGitHubIntegrationClient Resolve(IServiceProvider services) => services.GetRequiredService<IGitHubIntegrationClientFactory>().GetClient("acme");
}

/// <summary>A client by its key, in the constructor of a service.</summary>
public sealed class KeyedRegistrationTests : NamedRegistrationTests
{
    protected override IGitHubIntegrationClient Resolve(IServiceProvider services) => ActivatorUtilities.CreateInstance<Consumer>(services).Client;

    private sealed class Consumer([FromKeyedServices("acme")] IGitHubIntegrationClient client)
    {
        public IGitHubIntegrationClient Client => client;
    }
}

/// <summary>A client whose options stand in configuration.</summary>
public sealed class ConfiguredRegistrationTests : RegistrationConformance
{
    protected override string Label => "acme";

    protected override string Subject => "The GitHub client 'acme'";

    protected override string PathOfMaxPages => "Scm:GitHub:MaxPages";

    protected override IGitHubIntegrationBuilder Add(IScmIntegrationsBuilder builder, FakeGitHub gitHub, int maxPages) => builder.AddGitHub("acme", Application.Section(
        "Scm:GitHub",
        ("Token", Application.Token),
        ("ApiAddress", gitHub.Address.ToString()),
        ("Resilience:BackoffBase", "00:00:00"),
        ("MaxPages", maxPages.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    protected override IGitHubIntegrationClient Resolve(IServiceProvider services) => services.GetRequiredKeyedService<IGitHubIntegrationClient>("acme");
}

/// <summary>A client of an installation that is known only at run time, of an App in configuration.</summary>
public sealed class InstallationRegistrationTests : RegistrationConformance
{
    private const string ClientId = "Iv23liAcmeApp";
    private const long Installation = 7;

    private static readonly string Pem = NewKey();

    protected override string Label => "app";

    protected override string Subject => "The GitHub client 'app'";

    protected override string PathOfMaxPages => "Scm:App:MaxPages";

    protected override bool IsOwn(string? token) => token is not null && token.StartsWith("ghs_", StringComparison.Ordinal);

    protected override IGitHubIntegrationBuilder Add(IScmIntegrationsBuilder builder, FakeGitHub gitHub, int maxPages)
    {
        gitHub.AddInstallation(gitHub.AddApp(1, ClientId, Pem), Installation, "acme");
        return builder.AddGitHub(
            "app",
            Application.Section("Scm:App", ("App:ClientId", ClientId), ("App:PrivateKey", Pem), ("MaxPages", maxPages.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            options => Application.Set(options, gitHub));
    }

    protected override IGitHubIntegrationClient Resolve(IServiceProvider services) =>
        services.GetRequiredService<IGitHubIntegrationClientFactory>().GetInstallationClient(Installation, "app");

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }
}
