using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>An answer, read once for all the rows that look at it.</summary>
internal sealed class AnswerFacts
{
    // A complaint says it as its code (already_exists) or, with the code "custom", in its message.
    private static readonly Phrase AlreadyExists = new("already exists");
    private static readonly Phrase TooLarge = new("too large");
    private static readonly Phrase TooQuickly = new("submitted too quickly");
    private static readonly Phrase Abuse = new("abuse");
    private static readonly Phrase Disabled = new("disabled on this");

    private readonly ResponseSnapshot _response;

    public AnswerFacts(ResponseSnapshot response, AnswerContext context)
    {
        _response = response;
        Body = GitHubErrorBody.Read(response.Body);
        Words = Phrase.Normalize(Body.Message ?? string.Join(". ", Body.Errors));
        Circumstances = CircumstancesOf(context);
    }

    public int Status => (int)_response.Status;

    public GitHubErrorBody Body { get; }

    /// <summary>The words as phrases look for them: the message's, or where there is none, those of the single complaints.</summary>
    public string Words { get; }

    public Circumstance Circumstances { get; }

    /// <summary>Whether the token is of a kind that has scopes: a classic one, or an OAuth App's. It may have none.</summary>
    public bool HasScopes => _response.HasHeader("X-OAuth-Scopes");

    public string? Header(string name) => _response.Header(name);

    private Circumstance CircumstancesOf(AnswerContext context)
    {
        var found = Circumstance.None;
        void Add(Circumstance circumstance, bool holds) => found |= holds ? circumstance : Circumstance.None;
        Add(Circumstance.Read, context.Operation is OperationClass.Read);
        Add(Circumstance.AsksForInstallation, context.AsksForInstallation);
        Add(Circumstance.TokenFresh, context.IsTokenFresh);
        Add(Circumstance.TokenTrusted, context.IsTokenTrusted);
        Add(Circumstance.ScopeMissing, IsScopeMissing());
        Add(Circumstance.AllErrorsAlreadyExist, Body.Errors.Count > 0 && Body.Errors.All(error => Says(error, AlreadyExists)));
        Add(Circumstance.ErrorTooLarge, Body.Errors.Any(error => Says(error, TooLarge)));
        Add(Circumstance.TooQuick, Body.Errors.Any(error => Says(error, TooQuickly) || Says(error, Abuse)));
        Add(Circumstance.FeatureDisabled, Body.Errors.Any(error => Says(error, Disabled)));
        Add(Circumstance.Blocked, Body.IsBlocked);
        Add(Circumstance.BlockedByDmca, "dmca".Equals(Body.BlockReason, StringComparison.OrdinalIgnoreCase));
        Add(Circumstance.ForeignPage, Body.IsHtml && Header("X-GitHub-Request-Id") is null);
        return found;
    }

    /// <summary>Of the accepted scopes, any is enough.</summary>
    private bool IsScopeMissing() =>
        HasScopes
        && Scopes("X-Accepted-OAuth-Scopes") is { Length: > 0 } accepted
        && !accepted.Intersect(Scopes("X-OAuth-Scopes"), StringComparer.OrdinalIgnoreCase).Any();

    private string[] Scopes(string header) =>
        (Header(header) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Says(string error, Phrase phrase) => phrase.IsIn(Phrase.Normalize(error));
}
