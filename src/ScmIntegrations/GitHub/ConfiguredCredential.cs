using System.Diagnostics;
using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub;

/// <summary>A credential as it stands in configuration. The real one is made of it when all of it is known.</summary>
internal sealed class ConfiguredCredential
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Token { get; set; }

    public CredentialOwner? TokenOwner { get; set; }

    public string? ClientId { get; set; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PrivateKey { get; set; }

    public string? PrivateKeyFile { get; set; }

    public long? InstallationId { get; set; }

    /// <summary>Whether anything of an App is there.</summary>
    public bool IsApp => ClientId is not null || PrivateKey is not null || PrivateKeyFile is not null || InstallationId is not null;

    /// <summary>Whether anything of a credential is there.</summary>
    public bool IsAny => Token is not null || IsApp;
}
