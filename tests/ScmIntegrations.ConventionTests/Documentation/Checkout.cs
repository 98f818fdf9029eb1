using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>The files of the checkout that the tests were built from.</summary>
internal static class Checkout
{
    private static readonly string Root = RepositoryRoot.Path;

    /// <summary>The pages at the top and all in <c>docs</c>.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Root, "*.md", SearchOption.TopDirectoryOnly)
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>Everything that pages can speak of.</summary>
    public static SourceFiles Files { get; } = new(path => Path.Exists(Path.Combine(Root, path)), Read);

    public static MarkdownPage Page(string path) => new(path, Read(path));

    /// <summary>The names of the files in a folder.</summary>
    public static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder)).Select(file => Path.GetFileName(file));

    /// <summary>The projects in a folder and below it.</summary>
    public static IEnumerable<string> ProjectsIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal));

    public static string Read(string relativePath) =>
        File.ReadAllText(Path.Combine(Root, relativePath)).ReplaceLineEndings("\n");

    public static void Write(string relativePath, string text) => File.WriteAllText(Path.Combine(Root, relativePath), text);
}
