namespace ScmIntegrations.Quickstart.Tests;

/// <summary>A file for a private key, gone after the test.</summary>
internal sealed class KeyFile : IDisposable
{
    public string Path { get; } = System.IO.Path.GetTempFileName();

    /// <summary>The options that speak as the organisation's App; the key is PKCS#1 unless told otherwise.</summary>
    public string[] AppOptions(Organization acme, string? pem = null)
    {
        File.WriteAllText(Path, pem ?? acme.App.PrivateKeyPem);
        return ["--api-url", acme.Server.Address.AbsoluteUri, "--client-id", acme.App.ClientId, "--private-key", Path, "--installation-id", "42"];
    }

    public void Dispose() => File.Delete(Path);
}
