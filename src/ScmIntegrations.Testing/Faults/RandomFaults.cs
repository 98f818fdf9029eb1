namespace ScmIntegrations.Testing;

/// <summary>How likely each fault is for a request, from 0 to 1; all together at most 1. None unless set.</summary>
public sealed record RandomFaults
{
    /// <summary>The connection is reset instead of an answer.</summary>
    public double Reset { get; init; }

    /// <summary>The connection is reset within the body; the request was carried out.</summary>
    public double ResetWithinBody { get; init; }

    /// <summary>Nothing comes until the client gives up.</summary>
    public double Stall { get; init; }

    /// <summary>The fake's own answer, late by <see cref="SlowBy"/>.</summary>
    public double Slow { get; init; }

    /// <summary>500.</summary>
    public double InternalServerError { get; init; }

    /// <summary>502 with a web page.</summary>
    public double BadGateway { get; init; }

    /// <summary>503.</summary>
    public double ServiceUnavailable { get; init; }

    /// <summary>200 with a web page instead of JSON.</summary>
    public double Html { get; init; }

    /// <summary>The fake's own answer, whose JSON ends after 20 bytes.</summary>
    public double TruncatedBody { get; init; }

    /// <summary>The hour's requests are used up, for <see cref="PrimaryResetIn"/>.</summary>
    public double PrimaryRateLimit { get; init; }

    /// <summary>Too many requests at once; to be asked again after <see cref="SecondaryRetryAfter"/>.</summary>
    public double SecondaryRateLimit { get; init; }

    /// <summary>How late a slow answer is, by the clock of the server.</summary>
    public TimeSpan SlowBy { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When a primary limit says that requests come back.</summary>
    public TimeSpan PrimaryResetIn { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a secondary limit asks to wait.</summary>
    public TimeSpan SecondaryRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Each fault with its probability, in the order of drawing.</summary>
    internal IReadOnlyList<(string Name, double Probability, Answer Answer)> Table =>
    [
        (nameof(Reset), Reset, Answers.Reset()),
        (nameof(ResetWithinBody), ResetWithinBody, Answers.Real().ResetAfter(20)),
        (nameof(Stall), Stall, Answers.Stall()),
        (nameof(Slow), Slow, Answers.Real().After(SlowBy)),
        (nameof(InternalServerError), InternalServerError, Answers.ServerError(500)),
        (nameof(BadGateway), BadGateway, Answers.ServerError()),
        (nameof(ServiceUnavailable), ServiceUnavailable, Answers.ServerError(503)),
        (nameof(Html), Html, Answers.Html200()),
        (nameof(TruncatedBody), TruncatedBody, Answers.Real().CutAfter(20)),
        (nameof(PrimaryRateLimit), PrimaryRateLimit, Answers.PrimaryRateLimit(PrimaryResetIn)),
        (nameof(SecondaryRateLimit), SecondaryRateLimit, Answers.SecondaryRateLimit(SecondaryRetryAfter)),
    ];
}
