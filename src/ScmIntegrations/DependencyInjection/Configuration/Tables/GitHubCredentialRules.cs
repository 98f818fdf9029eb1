using ScmIntegrations.GitHub;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What is wrong with the credential of a GitHub client as a whole.</summary>
internal static class GitHubCredentialRules
{
    public static IEnumerable<string?> Failures(GitHubIntegrationOptions options, OptionSource<GitHubIntegrationOptions> source) =>
    [
        Missing(options, source),
        options is { Credential: not null, App: not null } ? "there are two credentials, Credential and App; set one." : null,
        options.App is { InstallationId: < 1 } app ? OptionKinds.Say($"App.InstallationId is {app.InstallationId}; an installation's id is above 0.") : null,
        options.App is not null && string.IsNullOrWhiteSpace(options.App.ClientId) ? "App.ClientId is empty." : null,
        options.App is { Signer: null } ? "App.Signer is null." : null,
        options.Configured is { TokenOwner: not null, Token: null } ? $"{source.NameOf("TokenOwner")} is set without {source.NameOf("Token")}." : null,
    ];

    // What was begun in configuration and cannot be made has been told already.
    private static string? Missing(GitHubIntegrationOptions options, OptionSource<GitHubIntegrationOptions> source) =>
        options.Credential is not null || options.App is not null || options.Configured.IsAny ? null
        : source.Sections.Count == 0
            ? "there is no credential; call UseToken, UseInstallation or UseApp, set Credential, or register an IGitHubCredential. The options and the services were looked at."
            : $"there is no credential; set {source.NameOf("Token")}, or {source.NameOf("App.ClientId")} with {source.NameOf("App.PrivateKey")} or {source.NameOf("App.PrivateKeyFile")}; "
                + "or call UseToken, UseInstallation or UseApp, or register an IGitHubCredential. "
                + $"{(source.Sections.Count == 1 ? "The section" : "The sections")} {string.Join(" and ", source.Sections)}, the options and the services were looked at.";
}
