using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>How GitHub answers: common headers, user agent, credential, rate limit, route.</summary>
internal sealed class GitHubServer(FakeGitHubOptions options, CancellationToken stopping) : ServerCore(options.TimeProvider, options.ApiPathPrefix, stopping)
{
    private readonly RouteTable _routes = GitHubRoutes.Create();
    private readonly GitHubState _state = new();

    public FakeGitHubOptions Options => options;

    public GitHubState State => _state;

    public RateLimits RateLimits { get; } = new(options.TimeProvider, options.RateLimit);

    protected override string Name => "The fake GitHub";

    protected override IEnumerable<KnownRoute> Routes => _routes.Known;

    protected override Func<Answer> Begin(HttpContext context, RecordedRequest request)
    {
        var (identity, refusal) = new Authenticator(_state, options).Identify(context.Request);
        var call = new Call(context, this, request, identity);
        var route = _routes.Find(call);
        call.Resource = route?.Resource ?? RateLimits.Core;
        CommonHeaders.Write(call, isApi: route is not { IsOpen: true });
        return () => Answer(call, route, refusal);
    }

    protected override Answer Refuse(int status, string message) => Answers.GitHubError(status, message);

    private Answer Answer(Call call, Route? route, Answer? refusal)
    {
        // Before the credential: what is wrong with a request that nothing answers is not its token.
        call.Request.Matched = route is not null;
        if (route is null && options.UnmatchedRequests is UnmatchedRequestHandling.Throw)
        {
            return Unmatched(call.Request);
        }

        if (call.Context.Request.Headers.UserAgent.Count == 0)
        {
            return Answers.MissingUserAgent();
        }

        if (route is { IsOpen: true })
        {
            return route.Handle(call);
        }

        if (refusal is not null)
        {
            return refusal;
        }

        var bucket = RateLimits.For(call.Identity.Key, call.Resource);
        if (route is not { IsFree: true } && !bucket.TryConsume())
        {
            CommonHeaders.WriteRateLimit(call);
            return route?.Limited(call) ?? Answers.PrimaryRateLimitFor(call.Identity.LimitedAs);
        }

        var answer = route is null ? Answers.NotFound() : route.Handle(call);
        if (EntityTag.Matches(call, answer))
        {
            bucket.GiveBack();
            answer = new NotModifiedAnswer();
        }

        CommonHeaders.WriteRateLimit(call);
        return answer;
    }
}
