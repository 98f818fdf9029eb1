using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>What the text of a solution says: its projects, by their path, and which of them each of its builds takes along.</summary>
internal sealed partial class SolutionText(string text)
{
    private static readonly string[] Configurations = ["Debug", "Release"];

    public IEnumerable<string> Projects => Project().Matches(text).Select(Path);

    /// <summary>The projects that no configuration builds.</summary>
    public IEnumerable<string> Left => Project().Matches(text).Where(project => !Array.Exists(Configurations, one => IsBuilt(project, one))).Select(Path);

    /// <summary>The projects that every configuration builds.</summary>
    public IEnumerable<string> Built => Project().Matches(text).Where(project => Array.TrueForAll(Configurations, one => IsBuilt(project, one))).Select(Path);

    private bool IsBuilt(Match project, string configuration) =>
        text.Contains($"{project.Groups["id"].Value}.{configuration}|Any CPU.Build.0 = ", StringComparison.Ordinal);

    private static string Path(Match project) => project.Groups["path"].Value.Replace('\\', '/');

    // A folder of the solution has no file.
    [GeneratedRegex("""^Project\("[^"]+"\) = "[^"]+", "(?<path>[^"]+\.csproj)", "(?<id>\{[^"]+\})"$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Project();
}
