using System.Globalization;
using Octokit;
using ScmIntegrations.Http;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>What Octokit wants to know of a response's headers, made here, because its own reading throws for odd links and loses values.</summary>
/// <param name="timeProvider">The caller's clock.</param>
internal sealed class ResponseFacts(TimeProvider timeProvider)
{
    private const string Next = "next";
    private static readonly string[] Relations = [Next, "prev", "first", "last"];

    // Stands for a link that cannot be read. Whoever does not follow it is not bothered; whoever does must not take the list for complete.
    private static readonly Uri NoAddress = new("urn:unreadable");

    // The last second that a DateTimeOffset can tell.
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>All headers, by names whose capitals do not matter.</summary>
    public static IReadOnlyDictionary<string, string> Headers(HttpResponseMessage response) => response.Headers.NonValidated
        .Concat(response.Content.Headers.NonValidated)
        .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => string.Join(", ", group.SelectMany(header => header.Value)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Links, scopes, entity tag and limits. The reset is in the caller's clock, so the difference of the clocks is none.</summary>
    /// <param name="response">The response.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="address">Where it came from, which a link may be relative to.</param>
    public ApiInfo Read(HttpResponseMessage response, IReadOnlyDictionary<string, string> headers, Uri address) => new(
        Links(response, address),
        Words(headers, "X-OAuth-Scopes"),
        Words(headers, "X-Accepted-OAuth-Scopes"),
        headers.GetValueOrDefault("ETag"),
        new RateLimit(Count(headers, "X-RateLimit-Limit"), Count(headers, "X-RateLimit-Remaining"), Reset(response, headers)));

    private static Dictionary<string, Uri> Links(HttpResponseMessage response, Uri address)
    {
        var links = new Dictionary<string, Uri>(StringComparer.Ordinal);
        if (response.Headers.NonValidated.TryGetValues("Link", out var values))
        {
            foreach (var relation in Relations)
            {
                if (LinkHeader.Find(values, relation) is not { } target)
                {
                    continue;
                }

                if (Uri.TryCreate(address, target, out var link) && MayBeFollowed(link))
                {
                    links.Add(relation, link);
                }
                else if (relation is Next)
                {
                    links.Add(relation, NoAddress);
                }
            }
        }

        return links;
    }

    /// <summary>Octokit takes a query apart by its names, without any question mark, and throws where one, or none, stands twice or without a value.</summary>
    private static bool MayBeFollowed(Uri link)
    {
        var parameters = link.Query.Replace("?", "", StringComparison.Ordinal).Split('&');
        return Array.TrueForAll(parameters, parameter => parameter.Length == 0 || parameter.Contains('=', StringComparison.Ordinal))
            && parameters.DistinctBy(parameter => parameter.Split('=')[0], StringComparer.Ordinal).Count() == parameters.Length;
    }

    private static List<string> Words(IReadOnlyDictionary<string, string> headers, string name) =>
        [.. headers.GetValueOrDefault(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static int Count(IReadOnlyDictionary<string, string> headers, string name) => (int)Math.Clamp(Number(headers, name), 0, int.MaxValue);

    private long Reset(HttpResponseMessage response, IReadOnlyDictionary<string, string> headers)
    {
        var reset = Math.Clamp(Number(headers, "X-RateLimit-Reset"), 0, LastSecond);
        var ahead = response.Headers.Date is { } sent ? sent - timeProvider.GetUtcNow() : TimeSpan.Zero;
        return reset == 0 ? 0 : Math.Clamp(reset - (long)ahead.TotalSeconds, 0, LastSecond);
    }

    private static long Number(IReadOnlyDictionary<string, string> headers, string name) =>
        long.TryParse(headers.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
