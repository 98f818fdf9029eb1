namespace ScmIntegrations.Octokit.Arguments;

/// <summary>Holds texts to their shapes. Octokit puts them into addresses as they are, so a text decides where a request goes unless it is looked at before.</summary>
internal static class ArgumentRules
{
    private static readonly char[] PathSeparators = ['/', '\\'];

    /// <summary>Refuses a text that would change the path or the query that its method names.</summary>
    /// <param name="shape">What the text may hold.</param>
    /// <param name="value">The text.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">The text may not stand there.</exception>
    public static void Check(ArgumentShape shape, string value, string name)
    {
        if (Complaint(shape, value) is { } complaint)
        {
            // A value of a query can be a password.
            var what = shape is ArgumentShape.Value ? "This" : $"'{Shown(value)}'";
            throw new ArgumentException($"{what} cannot be the {name}: {complaint}. Nothing was sent.", name);
        }
    }

    /// <summary>Refuses a path that leaves the place it names.</summary>
    /// <param name="address">Path and query, as they were put together.</param>
    /// <exception cref="ArgumentException">A segment is <c>.</c> or <c>..</c>, escaped or not, or the path has a backslash or a control character.</exception>
    public static void CheckAddress(string address)
    {
        var path = address.Split('?', '#')[0];
        if ((Control(address) ?? Backslash(path) ?? Dots(path)) is { } complaint)
        {
            throw new ArgumentException($"'{Shown(path)}' cannot be asked for: {complaint}. Nothing was sent.", nameof(address));
        }
    }

    private static string? Complaint(ArgumentShape shape, string value) => shape switch
    {
        ArgumentShape.Text => null,
        ArgumentShape.Value => Control(value) ?? Has(value, '&', "'&'; write it as %26") ?? Has(value, '#', "'#'; write it as %23"),
        ArgumentShape.Name => Has(value, '/', "'/'") ?? Has(value, '?', "'?'") ?? Has(value, '%', "'%'") ?? Has(value, '&', "'&'") ?? Has(value, '#', "'#'") ?? InPath(value),
        ArgumentShape.Segment => InPath(value) ?? Has(value, '/', "'/'; write it as %2F"),
        ArgumentShape.Path => InPath(value),
        ArgumentShape.Reference => InPath(value) ?? Has(value, '&', "'&'; write it as %26"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a defined shape."),
    };

    private static string? InPath(string value) =>
        Control(value) ?? Backslash(value) ?? Has(value, '?', "'?'; in a path, write it as %3F") ?? Dots(value);

    private static string? Backslash(string value) => Has(value, '\\', "a backslash");

    private static string? Control(string value) => value.Any(char.IsControl) ? "it has a control character" : null;

    private static string? Has(string value, char character, string what) => value.Contains(character, StringComparison.Ordinal) ? $"it has {what}" : null;

    // Escaped once, as the other side will read it, or not at all; and without the blanks that an address loses at its end.
    private static string? Dots(string path) =>
        path.Split(PathSeparators).Any(IsDots) || Uri.UnescapeDataString(path).Split(PathSeparators).Any(IsDots) ? "a segment of it is '.' or '..'" : null;

    private static bool IsDots(string segment) => segment.Trim() is "." or "..";

    private static string Shown(string value) => Http.Redaction.Clean(value);
}
