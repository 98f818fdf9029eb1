using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>
/// The way of one request: log, common headers, scripted fault, user agent, credential, rate limit, route, answer.
/// </summary>
internal sealed class GitHubServer
{
    private readonly RouteTable _routes = GitHubRoutes.Create();
    private readonly Authenticator _authenticator;
    private readonly CancellationToken _stopping;

    public GitHubServer(FakeGitHubOptions options, CancellationToken stopping)
    {
        Options = options;
        _stopping = stopping;
        RateLimits = new RateLimits(options.TimeProvider, options.RateLimit);
        Log = new RequestLog(options.TimeProvider);
        _authenticator = new Authenticator(State, options);
    }

    public FakeGitHubOptions Options { get; }

    public GitHubState State { get; } = new();

    public RateLimits RateLimits { get; }

    public RequestLog Log { get; }

    public FaultList Faults { get; } = new();

    /// <summary>Whether it was disposed; a stopped server takes no more requests.</summary>
    public bool IsStopped => _stopping.IsCancellationRequested;

    public async Task ServeAsync(HttpContext context)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        try
        {
            await ServeAsync(context, cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task ServeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = await Log.AddAsync(context, Options.ApiPathPrefix, cancellationToken).ConfigureAwait(false);
        context.Response.OnStarting(() =>
        {
            // The server also starts a response that nobody waits for any more; that one was not answered.
            if (!cancellationToken.IsCancellationRequested)
            {
                request.Status = context.Response.StatusCode;
            }

            return Task.CompletedTask;
        });

        var (identity, refusal) = _authenticator.Identify(context.Request);
        var call = new Call(context, this, request, identity);
        var route = _routes.Find(call);
        call.Resource = route?.Resource ?? RateLimits.Core;
        CommonHeaders.Write(call);
        var real = new RealAnswer(() => Answer(call, route, refusal));
        var answer = Faults.Find(request) ?? real;
        await answer.WriteAsync(new AnswerContext(context, call, real, cancellationToken)).ConfigureAwait(false);
    }

    private Answer Answer(Call call, Route? route, Answer? refusal)
    {
        if (call.Context.Request.Headers.UserAgent.Count == 0)
        {
            return Answers.MissingUserAgent();
        }

        call.Request.Matched = route is not null;
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
