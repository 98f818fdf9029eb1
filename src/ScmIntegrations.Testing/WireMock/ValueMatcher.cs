namespace ScmIntegrations.Testing;

/// <summary>A condition of WireMock's on a parameter, a header or the body.</summary>
/// <param name="Absent">Whether it asks for nothing to be there; <see langword="null"/> when it does not say.</param>
/// <param name="Matches">What a value has to be.</param>
internal sealed record ValueMatcher(bool? Absent, Func<string, bool> Matches)
{
    public static ValueMatcher Read(MappingReader pattern, bool isBody = false)
    {
        var conditions = new List<Func<string, bool>>();
        var ignoresCase = pattern.Flag("caseInsensitive") ?? false;
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (pattern.Text("equalTo") is { } equal)
        {
            conditions.Add(value => string.Equals(value, equal, comparison));
        }

        if (pattern.Text("contains") is { } part)
        {
            conditions.Add(value => value.Contains(part, StringComparison.Ordinal));
        }

        if (pattern.Text("matches") is { } expression && WholeExpression.Parse(pattern, "matches", expression) is { } fits)
        {
            conditions.Add(fits.IsMatch);
        }

        if (pattern.Text("doesNotMatch") is { } refused && WholeExpression.Parse(pattern, "doesNotMatch", refused) is { } fitsNot)
        {
            conditions.Add(value => !fitsNot.IsMatch(value));
        }

        if (isBody && JsonComparison.Read(pattern) is { } json)
        {
            conditions.Add(json);
        }

        var absent = pattern.Flag("absent");
        pattern.End();
        return conditions.Count > 0 || absent is not null
            ? new(absent, value => conditions.TrueForAll(condition => condition(value)))
            : throw pattern.Wrong("equalTo", "a condition was due, and there is none");
    }

    /// <summary>Whether one of the values is as asked, or none is there when that is asked.</summary>
    public bool MatchesAny(IReadOnlyList<string> values) => Absent is true ? values.Count == 0 : values.Any(Matches);
}
