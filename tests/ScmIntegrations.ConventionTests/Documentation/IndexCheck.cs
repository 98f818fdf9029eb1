namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Every page is linked from the index, so that none is lost.</summary>
internal static class IndexCheck
{
    public static IEnumerable<string> Problems(MarkdownPage index, IEnumerable<string> pages)
    {
        var linked = LinkCheck.Targets(index).ToHashSet(StringComparer.Ordinal);
        return pages.Where(page => !linked.Contains(page)).Select(page => $"{index.Path} does not link to {page}");
    }
}
