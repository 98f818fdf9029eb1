using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>What is said about a request that nothing answers.</summary>
internal static class UnmatchedMessage
{
    /// <summary>The whole text: what was asked, what comes near, how to script it. No header, so that no token is printed.</summary>
    /// <param name="server">Which fake speaks.</param>
    /// <param name="prefix">The path that everything stands below.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="routes">What the fake answers to.</param>
    public static string Write(string server, string prefix, RecordedRequest request, IEnumerable<KnownRoute> routes)
    {
        var known = routes.ToArray();
        var text = new StringBuilder($"{server} has no route for {request.Method} {request.Target}, and no script answers it.\n");
        var path = AsIfBelowThePrefix(text, prefix, request);
        var nearest = NearestRoutes.Find(request.Method, path, known);
        foreach (var (route, differences) in nearest)
        {
            text.Append(route.IsScripted ? "  nearest, scripted: " : "  nearest: ").Append(route)
                .Append(differences.Count > 0 ? ": " : "").AppendJoin("; ", differences).Append('\n');
        }

        if (nearest.Count == 0)
        {
            text.Append("  No route comes near.\n");
        }

        return text.Append($"""To script it: fake.When(new HttpMethod("{request.Method}"), "{path}").Answer(Answers.Json(200, "…")). """)
            .Append("To answer 404 to all of these: options.UnmatchedRequests = UnmatchedRequestHandling.NotFound.")
            .ToString();
    }

    /// <summary>Says when the prefix is what is wrong, and gives the path as it would be without that mistake.</summary>
    private static string AsIfBelowThePrefix(StringBuilder text, string prefix, RecordedRequest request)
    {
        const string enterprise = "/api/v3";
        if (request.Path.StartsWith(RequestLog.Outside, StringComparison.Ordinal))
        {
            text.Append($"  The fake stands below '{prefix}' (ApiPathPrefix): the path lacks that at its beginning.\n");
            return request.Path[RequestLog.Outside.Length..];
        }

        if (prefix.Length == 0 && request.Path.StartsWith(enterprise + "/", StringComparison.OrdinalIgnoreCase))
        {
            text.Append($"  The path begins as an Enterprise Server's does: set options.ApiPathPrefix = \"{enterprise}\" to play one.\n");
            return request.Path[enterprise.Length..];
        }

        return request.Path;
    }
}
