namespace ScmIntegrations.Quickstart.Tests;

/// <summary>A file for a pasted body, gone after the test.</summary>
internal sealed class BodyFile : IDisposable
{
    public BodyFile(string text) => File.WriteAllText(Path, text);

    public BodyFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
