namespace ScmIntegrations.Testing;

/// <summary>Which requests a rule is about.</summary>
/// <param name="Text">The condition in words; holds no value of a header.</param>
/// <param name="Matches">Picks the requests.</param>
/// <param name="Route">Method and path, where the rule names them.</param>
internal sealed record FaultCondition(string Text, Func<RecordedRequest, bool> Matches, KnownRoute? Route = null)
{
    public FaultCondition And(string text, Func<RecordedRequest, bool> matches)
    {
        var before = Matches;
        return this with { Text = $"{Text} {text}", Matches = request => before(request) && matches(request) };
    }
}
