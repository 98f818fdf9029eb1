namespace ScmIntegrations.Testing;

/// <summary>Finds the routes that come nearest to a request.</summary>
internal static class NearestRoutes
{
    private const int MostShown = 3;

    // Beyond a third of its segments a route has nothing to do with the request.
    private const double FarthestShare = 0.34;
    private const double OtherMethod = 0.4;

    // As far as one difference and the method, and the values on the way.
    private const double Near = 1.5;
    private const double AboutAsNear = 0.5;

    /// <summary>The nearest ones, nearest first, each with what differs.</summary>
    public static IReadOnlyList<(KnownRoute Route, IReadOnlyList<string> Differences)> Find(HttpMethod method, string path, IEnumerable<KnownRoute> routes)
    {
        var ranked = routes
            .Select(route => (Route: route, Path: PathDifference.Between(path, route.Template), IsOther: route.Method is not null && route.Method != method))
            .Select(each => (each.Route, each.Path, each.IsOther, Distance: each.Path.Distance + (each.IsOther ? OtherMethod : 0)))
            .Where(each => each.Distance <= Math.Max(Near, each.Route.Template.Segments.Length * FarthestShare))
            .OrderBy(each => each.Distance)
            .ToArray();
        var nearest = ranked.Length == 0 ? 0 : ranked[0].Distance;
        return [.. ranked
            .TakeWhile(each => each.Distance <= nearest + AboutAsNear)
            .Take(MostShown)
            .Select(each => (each.Route, Describe(each.Route, each.Path, each.IsOther, method)))];
    }

    private static IReadOnlyList<string> Describe(KnownRoute route, PathDifference path, bool isOtherMethod, HttpMethod method) =>
        isOtherMethod ? [$"the method is {route.Method} there, not {method}", .. path.Differences]
        : path.Differences.Count > 0 ? path.Differences
        : route.IsScripted ? ["its script is used up, or asks for something else of the query, the headers or the body"]
        : [];
}
