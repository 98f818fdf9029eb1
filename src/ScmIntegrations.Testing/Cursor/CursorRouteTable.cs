namespace ScmIntegrations.Testing;

/// <summary>One thing that the fake Cursor can answer.</summary>
internal sealed record CursorRoute(HttpMethod Method, PathTemplate Template, Func<CursorCall, Answer> Handle);

/// <summary>Everything that the fake Cursor can answer.</summary>
internal sealed class CursorRouteTable
{
    private readonly List<CursorRoute> _routes = [];

    public IEnumerable<KnownRoute> Known => _routes.Select(route => new KnownRoute(route.Method, route.Template));

    public static CursorRouteTable Create()
    {
        var routes = new CursorRouteTable();
        CursorAgentRoutes.Map(routes);
        CursorRunRoutes.Map(routes);
        CursorAccountRoutes.Map(routes);
        CursorLegacyRoutes.Map(routes);
        return routes;
    }

    public void Get(string template, Func<CursorCall, Answer> handle) => Add(HttpMethod.Get, template, handle);

    public void Post(string template, Func<CursorCall, Answer> handle) => Add(HttpMethod.Post, template, handle);

    public void Delete(string template, Func<CursorCall, Answer> handle) => Add(HttpMethod.Delete, template, handle);

    public CursorRoute? Find(CursorCall call)
    {
        foreach (var route in _routes)
        {
            if (route.Method == call.Request.Method && route.Template.TryMatch(call.Request.Path, out var values))
            {
                call.Values = values;
                return route;
            }
        }

        return null;
    }

    private void Add(HttpMethod method, string template, Func<CursorCall, Answer> handle) =>
        _routes.Add(new(method, PathTemplate.Parse(template), handle));
}
