namespace ScmIntegrations.Testing;

/// <summary>One thing that the fake Scalekit can answer.</summary>
/// <param name="Method">The method.</param>
/// <param name="Template">The path.</param>
/// <param name="Handle">Decides the answer.</param>
/// <param name="NeedsToken">Whether a machine token is asked for.</param>
internal sealed record ScalekitRoute(HttpMethod Method, PathTemplate Template, Func<ScalekitCall, Answer> Handle, bool NeedsToken = true);

/// <summary>Everything that the fake Scalekit can answer.</summary>
internal sealed class ScalekitRouteTable
{
    private readonly List<ScalekitRoute> _routes = [];

    public IEnumerable<KnownRoute> Known => _routes.Select(route => new KnownRoute(route.Method, route.Template));

    public static ScalekitRouteTable Create()
    {
        var routes = new ScalekitRouteTable();
        ScalekitTokenRoutes.Map(routes);
        ScalekitAccountRoutes.Map(routes);
        ScalekitToolRoutes.Map(routes);
        return routes;
    }

    public void Get(string template, Func<ScalekitCall, Answer> handle) => Add(HttpMethod.Get, template, handle);

    public void Post(string template, Func<ScalekitCall, Answer> handle, bool needsToken = true) => Add(HttpMethod.Post, template, handle, needsToken);

    public void Put(string template, Func<ScalekitCall, Answer> handle) => Add(HttpMethod.Put, template, handle);

    public ScalekitRoute? Find(RecordedRequest request) =>
        _routes.Find(route => route.Method == request.Method && route.Template.TryMatch(request.Path, out _));

    private void Add(HttpMethod method, string template, Func<ScalekitCall, Answer> handle, bool needsToken = true) =>
        _routes.Add(new(method, PathTemplate.Parse(template), handle, needsToken));
}
