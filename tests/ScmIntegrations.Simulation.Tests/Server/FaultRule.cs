using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulation.Tests.Server;

/// <summary>One scripted answer that requests can be given.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Figure">How much of it: seconds, bytes or a status.</param>
/// <param name="Weight">How often it is drawn beside the others; 0 for what is not drawn but follows from something else.</param>
/// <param name="IsLimit">Whether it is drawn only in scenarios with limits.</param>
internal sealed record FaultRule(FaultKind Kind, int Figure, int Weight, bool IsLimit = false)
{
    public static IReadOnlyList<FaultRule> All { get; } =
    [
        new(FaultKind.None, 0, 0),
        new(FaultKind.Slow, 1, 3),
        new(FaultKind.Slow, 8, 3),
        new(FaultKind.ServerError, 500, 2),
        new(FaultKind.ServerError, 502, 3),
        new(FaultKind.ServerError, 503, 2),
        new(FaultKind.ServerErrorWithRetryAfter, 2, 1),
        new(FaultKind.ServerErrorWithRetryAfter, 600, 1),
        new(FaultKind.ResetBeforeAnswer, 0, 3),
        new(FaultKind.ResetWithinBody, 12, 3),
        new(FaultKind.Stall, 0, 2),
        new(FaultKind.StallWithinBody, 12, 1),
        new(FaultKind.Html, 200, 1),
        new(FaultKind.EmptyBody, 200, 1),
        new(FaultKind.TruncatedJson, 12, 2),
        new(FaultKind.Accepted, 202, 1),
        new(FaultKind.EchoedSecret, 422, 1),
        new(FaultKind.BadCredentials, 401, 2),
        new(FaultKind.LateBadCredentials, 1, 2),
        new(FaultKind.LateBadCredentials, 6, 3),
        new(FaultKind.FreshTokenRefused, 401, 0),
        new(FaultKind.FreshTokenSeesNothing, 404, 0),
        new(FaultKind.PermissionMissing, 403, 0),
        new(FaultKind.PrimaryLimit, 20, 1, IsLimit: true),
        new(FaultKind.PrimaryLimit, 300, 1, IsLimit: true),
        new(FaultKind.SecondaryLimit, 1, 2, IsLimit: true),
        new(FaultKind.SecondaryLimit, 30, 2, IsLimit: true),
        new(FaultKind.SecondaryLimitWithoutRetryAfter, 0, 1, IsLimit: true),
    ];

    /// <summary>How long after the request the answer comes.</summary>
    public TimeSpan Delay => Kind is FaultKind.Slow or FaultKind.LateBadCredentials ? TimeSpan.FromSeconds(Figure) : TimeSpan.Zero;

    /// <summary>How long at least the credential is to keep silent after the answer; <see langword="null"/> when it may speak.</summary>
    public TimeSpan? Silence => Kind switch
    {
        FaultKind.PrimaryLimit or FaultKind.SecondaryLimit => TimeSpan.FromSeconds(Figure),
        FaultKind.SecondaryLimitWithoutRetryAfter => TimeSpan.FromSeconds(60),
        _ => null,
    };

    /// <summary>The answer to a request that the fake has a route for.</summary>
    public Answer ToRoute => field ??= Answer(Answers.Real());

    /// <summary>The answer to any other request.</summary>
    public Answer ToAnythingElse => field ??= Answer(Answers.Json(200, """{"done":"as you said"}"""));

    /// <param name="sound">What the request would be given without a fault.</param>
    private Answer Answer(Answer sound) => Kind switch
    {
        FaultKind.None => sound,
        FaultKind.Slow => sound.After(Delay),
        FaultKind.ServerError => Answers.ServerError(Figure),
        FaultKind.ServerErrorWithRetryAfter => Answers.ServerError(503).WithHeader("Retry-After", $"{Figure}"),
        FaultKind.ResetBeforeAnswer => Answers.Reset(),
        FaultKind.ResetWithinBody => sound.ResetAfter(Figure),
        FaultKind.Stall => Answers.Stall(),
        FaultKind.StallWithinBody => sound.StallAfter(Figure),
        FaultKind.Html => Answers.Html200(),
        FaultKind.EmptyBody => Answers.EmptyBody200(),
        FaultKind.TruncatedJson => sound.CutAfter(Figure),
        FaultKind.Accepted => Answers.Json(202, "{}"),
        FaultKind.EchoedSecret => Answers.Custom(EchoAsync),
        FaultKind.BadCredentials or FaultKind.FreshTokenRefused => Answers.BadCredentials(),
        FaultKind.LateBadCredentials => Answers.BadCredentials().After(Delay),
        FaultKind.FreshTokenSeesNothing => Answers.NotFound(),
        FaultKind.PermissionMissing => Answers.PermissionDenied(),
        FaultKind.PrimaryLimit => Answers.PrimaryRateLimit(TimeSpan.FromSeconds(Figure)),
        FaultKind.SecondaryLimit => Answers.SecondaryRateLimit(TimeSpan.FromSeconds(Figure)),
        FaultKind.SecondaryLimitWithoutRetryAfter => Answers.SecondaryRateLimit(null, 429),
        _ => throw new InvalidOperationException($"No answer for {Kind}."),
    };

    /// <summary>A proxy that tells the caller what the caller sent, credential and all.</summary>
    private static async Task EchoAsync(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = 422;
        context.Response.ContentType = "application/json";
        var said = context.Request.Headers.Authorization.ToString();
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["message"] = $"Sent: {said}; again: {said["Bearer ".Length..]}" });
        await context.Response.Body.WriteAsync(json, cancellationToken);
    }
}
