using System.Globalization;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>How Scalekit answers: route, token, then the route's own answer.</summary>
internal sealed class ScalekitServer(FakeScalekitOptions options, CancellationToken stopping) : ServerCore(options.TimeProvider, "", stopping)
{
    private readonly ScalekitRouteTable _routes = ScalekitRouteTable.Create();

    public FakeScalekitOptions Options => options;

    public ScalekitState State { get; } = new();

    protected override string Name => "The fake Scalekit";

    protected override IEnumerable<KnownRoute> Routes => _routes.Known;

    protected override Func<Answer> Begin(HttpContext context, RecordedRequest request)
    {
        context.Response.Headers.Date = options.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var call = new ScalekitCall(context, this, request);
        return () => Answer(call);
    }

    protected override Answer Refuse(int status, string message) => Answers.ScalekitError(status, message);

    private Answer Answer(ScalekitCall call)
    {
        var route = _routes.Find(call.Request);
        call.Request.Matched = route is not null;
        return route is null && options.UnmatchedRequests is UnmatchedRequestHandling.Throw ? Unmatched(call.Request)
            : route is null ? Answers.ScalekitError(404, "Not Found")
            : route.NeedsToken && options.RequireCredentials && Refuse(call.Request.Token) is { } refusal ? refusal
            : route.Handle(call);
    }

    private Answer? Refuse(string? token) =>
        string.IsNullOrEmpty(token) ? Answers.ScalekitError(401, "Token empty", "UNAUTHENTICATED")
        : State.Tokens.IsGood(token, options.TimeProvider.GetUtcNow()) ? null
        : Answers.ScalekitError(401, "Token invalid", "UNAUTHENTICATED");
}
