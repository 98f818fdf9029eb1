namespace ScmIntegrations.Benchmarks.Report;

/// <summary>A page with a part that is written by the report, between two comments.</summary>
internal static class MarkedPage
{
    /// <summary>Puts the report in the place of the one before.</summary>
    /// <param name="path">The page.</param>
    /// <param name="report">What goes between the comments.</param>
    /// <param name="mark">The name in the comments.</param>
    /// <exception cref="InvalidDataException">The page does not have the two comments, in this order.</exception>
    public static async Task UpdateAsync(string path, string report, string mark = "report")
    {
        var (beginMark, endMark) = ($"<!-- {mark}: begin -->", $"<!-- {mark}: end -->");
        var page = await File.ReadAllTextAsync(path).ConfigureAwait(false);
        var (begin, end) = (page.IndexOf(beginMark, StringComparison.Ordinal), page.IndexOf(endMark, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"{path} has no place for the report: it wants {beginMark} and, below it, {endMark}.");
        }

        await File.WriteAllTextAsync(path, $"{page[..(begin + beginMark.Length)]}\n{report}{page[end..]}").ConfigureAwait(false);
    }
}
