namespace ScmIntegrations.Testing;

/// <summary>One thing the fake can answer.</summary>
/// <param name="Method">The method.</param>
/// <param name="Template">The path.</param>
/// <param name="Handle">Decides the answer.</param>
/// <param name="IsFree">Whether it costs nothing of the rate limit.</param>
internal sealed record Route(HttpMethod Method, PathTemplate Template, Func<Call, Answer> Handle, bool IsFree)
{
    /// <summary>Whether it is no part of the API: it looks at no <c>Authorization</c> header and counts against no limit of it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The rate limit that it counts against.</summary>
    public string Resource { get; init; } = RateLimits.Core;

    /// <summary>What is answered when that is used up.</summary>
    public Func<Call, Answer> Limited { get; init; } = static call => Answers.PrimaryRateLimitFor(call.Identity.LimitedAs);
}

/// <summary>Everything the fake can answer.</summary>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public IEnumerable<KnownRoute> Known => _routes.Select(route => new KnownRoute(route.Method, route.Template));

    public void Get(string template, Func<Call, Answer> handle, bool isFree = false) => Add(HttpMethod.Get, template, handle, isFree);

    public void Post(string template, Func<Call, Answer> handle) => Add(HttpMethod.Post, template, handle, isFree: false);

    /// <summary>GraphQL has a limit of its own, and says so in a 200.</summary>
    public void GraphQL(string template, Func<Call, Answer> handle) =>
        _routes.Add(new Route(HttpMethod.Post, PathTemplate.Parse(template), handle, IsFree: false) { Resource = "graphql", Limited = GraphQLRoutes.Limited });

    /// <summary>A form that is posted to a page beside the API.</summary>
    public void Open(string template, Func<Call, Answer> handle) =>
        _routes.Add(new Route(HttpMethod.Post, PathTemplate.Parse(template), handle, IsFree: true) { IsOpen = true });

    public void Delete(string template, Func<Call, Answer> handle) => Add(HttpMethod.Delete, template, handle, isFree: false);

    /// <summary>The first route that fits, with its values on the call.</summary>
    public Route? Find(Call call)
    {
        var path = RepositoryPaths.ByName(call.State, call.Request.Path);
        foreach (var route in _routes)
        {
            if (route.Method == call.Request.Method && route.Template.TryMatch(path, out var values))
            {
                call.Use(values);
                return route;
            }
        }

        return null;
    }

    private void Add(HttpMethod method, string template, Func<Call, Answer> handle, bool isFree) =>
        _routes.Add(new Route(method, PathTemplate.Parse(template), handle, isFree));
}
