namespace ScmIntegrations.Benchmarks.Report;

/// <summary>A page with a part that is written by the report, between two comments.</summary>
internal static class MarkedPage
{
    private const string Begin = "<!-- report: begin -->";
    private const string End = "<!-- report: end -->";

    /// <summary>Puts the report in the place of the one before.</summary>
    /// <exception cref="InvalidDataException">The page does not have the two comments, in this order.</exception>
    public static async Task UpdateAsync(string path, string report)
    {
        var page = await File.ReadAllTextAsync(path).ConfigureAwait(false);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"{path} has no place for the report: it wants {Begin} and, below it, {End}.");
        }

        await File.WriteAllTextAsync(path, $"{page[..(begin + Begin.Length)]}\n{report}{page[end..]}").ConfigureAwait(false);
    }
}
