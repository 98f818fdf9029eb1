using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>One page of a list and the <c>Link</c> header that leads to the others.</summary>
internal static class Page
{
    // GitHub's default: docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
    private const int DefaultSize = 30;

    /// <summary>Takes the page that was asked for and puts its links on the response.</summary>
    /// <param name="call">The request, with <c>per_page</c> and <c>page</c>.</param>
    /// <param name="items">The whole list.</param>
    /// <param name="path">The path links lead to; GitHub's differ from the path asked.</param>
    public static IReadOnlyList<T> Of<T>(Call call, IReadOnlyList<T> items, string path)
    {
        var size = Math.Min(Positive(call.Query("per_page")) ?? Math.Min(DefaultSize, call.Options.PageSizeCap), call.Options.PageSizeCap);
        var page = Positive(call.Query("page")) ?? 1;
        var last = Math.Max(1, (items.Count + size - 1) / size);
        if (last > 1)
        {
            call.Context.Response.Headers.Link = Links(call, path, page, last);
        }

        return [.. items.Skip((int)Math.Min(int.MaxValue, (page - 1L) * size)).Take(size)];
    }

    private static string Links(Call call, string path, int page, int last)
    {
        var links = new List<string>();
        if (page > 1)
        {
            links.Add(Link(call, path, Math.Min(page - 1, last), "prev"));
        }

        if (page < last)
        {
            links.Add(Link(call, path, page + 1, "next"));
            links.Add(Link(call, path, last, "last"));
        }

        if (page > 1)
        {
            links.Add(Link(call, path, 1, "first"));
        }

        return string.Join(", ", links);
    }

    private static string Link(Call call, string path, int page, string relation)
    {
        var others = call.Context.Request.Query
            .Where(pair => !pair.Key.Equals("page", StringComparison.OrdinalIgnoreCase))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}&");
        return string.Create(CultureInfo.InvariantCulture, $"<{call.Root}{path}?{string.Concat(others)}page={page}>; rel=\"{relation}\"");
    }

    private static int? Positive(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
