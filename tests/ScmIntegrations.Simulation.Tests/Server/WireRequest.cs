namespace ScmIntegrations.Simulation.Tests.Server;

/// <summary>One request as the server saw it.</summary>
/// <param name="Number">Its place in the order of arrival.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Tag">Which call it belongs to; <see langword="null"/> for what callers share, such as a mint.</param>
/// <param name="Token">The token it came with.</param>
/// <param name="At">When it arrived, by the client's clock.</param>
/// <param name="Status">What it was answered; <see langword="null"/> when it was not.</param>
/// <param name="Rule">What was decided for it.</param>
/// <param name="WindowEnds">When the installation's hourly window ends, by the client's clock.</param>
internal sealed record WireRequest(int Number, string Method, string Target, string? Tag, string? Token, DateTimeOffset At, int? Status, FaultRule Rule, DateTimeOffset WindowEnds)
{
    public bool IsMint => string.Equals(Method, "POST", StringComparison.Ordinal) && Target.EndsWith("/access_tokens", StringComparison.Ordinal);

    /// <summary>A GraphQL query reads, although it is a POST.</summary>
    public bool IsQuery => string.Equals(Target, "/graphql", StringComparison.Ordinal);

    /// <summary>Whether it was sent in the name of the App, which has limits of its own.</summary>
    public bool IsAsApp => Target.StartsWith("/app/", StringComparison.Ordinal);

    /// <summary>A mint whose token arrived.</summary>
    public bool IsMintThatCounts =>
        IsMint && Status is 201 && Rule.Kind is not (FaultKind.ResetWithinBody or FaultKind.StallWithinBody or FaultKind.TruncatedJson);

    /// <summary>When the answer was sent, if one was.</summary>
    public DateTimeOffset AnsweredAt => At + Rule.Delay;

    /// <summary>Until when the credential has to keep silent because of the answer; <see langword="null"/> when it was no limit.</summary>
    public DateTimeOffset? SilentUntil =>
        Status is not (403 or 429) ? null
        : Rule.Silence is { } silence ? AnsweredAt + silence
        // The fake's own limit: a refusal that nobody scripted. Headers count in whole seconds.
        : Rule.Kind is FaultKind.None or FaultKind.Slow && !IsAsApp ? WindowEnds - TimeSpan.FromSeconds(2)
        : null;

    public override string ToString() => $"{At:HH:mm:ss.fff} {Tag ?? "shared"}: {Method} {Target} → {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"} ({Rule.Kind} {Rule.Figure})";
}
