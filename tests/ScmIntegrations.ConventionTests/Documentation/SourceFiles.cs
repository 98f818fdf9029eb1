namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>The files that pages speak of, by their path from the top of the checkout.</summary>
internal sealed record SourceFiles(Func<string, bool> Exists, Func<string, string> Read)
{
    /// <summary>Files that stand in the test.</summary>
    public static SourceFiles InMemory(params (string Path, string Text)[] files) => new(
        path => Array.Exists(files, file => string.Equals(file.Path, path, StringComparison.Ordinal)),
        path => files.Single(file => string.Equals(file.Path, path, StringComparison.Ordinal)).Text);
}
