using Microsoft.Extensions.Options;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Makes the credential that no code has set, when all sections and delegates have been heard: of what configuration says, else the one
/// that is registered as a service. What cannot be made is noted for the validation.
/// </summary>
internal sealed class GitHubCredentialChoice(IServiceProvider services, OptionSources<GitHubIntegrationOptions> sources) : IPostConfigureOptions<GitHubIntegrationOptions>
{
    public void PostConfigure(string? name, GitHubIntegrationOptions options)
    {
        if (options.Credential is not null || options.App is not null)
        {
            return;
        }

        var key = name ?? Options.Options.DefaultName;
        var (configured, source) = (options.Configured, sources.Of(options));
        if (!configured.IsAny)
        {
            // One without a key is the default client's: clients share no credential by accident.
            options.Credential = services.GetKeyedService<IGitHubCredential>(key) ?? (key.Length == 0 ? services.GetService<IGitHubCredential>() : null);
        }
        else if (configured is { Token: not null, IsApp: true })
        {
            source.Fail($"{source.NameOf("Token")} and {NameOfApp(configured, source)} are both set, which are two credentials; set one.");
        }
        else if (configured.Token is { } token)
        {
            options.Credential = CredentialKinds.IsGood(token) ? new TokenCredential(token, configured.TokenOwner ?? CredentialOwner.Operator) : null;
        }
        else if (configured.ClientId is not { } clientId)
        {
            source.Fail($"{NameOfApp(configured, source)} is set without {source.NameOf("App.ClientId")}.");
        }
        else if (FindSigner(configured, source, key) is { } signer && CredentialKinds.IsGood(clientId) && configured.InstallationId is not < 1)
        {
            options.App = new GitHubAppOptions { ClientId = clientId, Signer = signer, InstallationId = configured.InstallationId };
        }
    }

    private static string NameOfApp(ConfiguredCredential configured, OptionSource<GitHubIntegrationOptions> source) => source.NameOf(
        configured.ClientId is not null ? "App.ClientId"
        : configured.PrivateKey is not null ? "App.PrivateKey"
        : configured.PrivateKeyFile is not null ? "App.PrivateKeyFile"
        : "App.InstallationId");

    private IAppJwtSigner? FindSigner(ConfiguredCredential configured, OptionSource<GitHubIntegrationOptions> source, string key)
    {
        switch (configured)
        {
            case { PrivateKey: not null, PrivateKeyFile: not null }:
                source.Fail($"{source.NameOf("App.PrivateKey")} and {source.NameOf("App.PrivateKeyFile")} are both set; set one.");
                return null;
            case { PrivateKey: { } pem }:
                return ReadKey(pem, source, "App.PrivateKey");
            case { PrivateKeyFile: { } none } when !GitHubCredentialKinds.IsPath(none):
                return null;
            case { PrivateKeyFile: { } file }:
                return PrivateKeyFile.Read(file, out var failure) is { } content
                    ? ReadKey(content, source, "App.PrivateKeyFile")
                    : Fail(source, $"{source.NameOf("App.PrivateKeyFile")} {failure}");
            default:
                return services.GetKeyedService<IAppJwtSigner>(key) ?? services.GetService<IAppJwtSigner>() ?? Fail(
                    source,
                    $"{source.NameOf("App.ClientId")} is set without a key; set {source.NameOf("App.PrivateKey")} or {source.NameOf("App.PrivateKeyFile")}, or register an IAppJwtSigner.");
        }
    }

    private static RsaAppJwtSigner? ReadKey(string pem, OptionSource<GitHubIntegrationOptions> source, string path)
    {
        try
        {
            return RsaAppJwtSigner.FromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
        }
        catch (ScmUnauthorizedException unreadable)
        {
            source.Fail($"{source.NameOf(path)}: {unreadable.Error.Message}");
            return null;
        }
    }

    private static IAppJwtSigner? Fail(OptionSource<GitHubIntegrationOptions> source, string failure)
    {
        source.Fail(failure);
        return null;
    }
}
