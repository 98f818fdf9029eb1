using System.Globalization;

namespace ScmIntegrations.Errors;

/// <summary>An error as plain lines for people.</summary>
internal static class ErrorExplanation
{
    public static string Render(ScmException exception) =>
        string.Join('\n', Lines(exception).Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => $"{line.Label,-15}{OneLine(line.Text!)}"));

    private static IEnumerable<(string Label, string? Text)> Lines(ScmException exception)
    {
        var error = exception.Error;
        yield return ("What happened", error.Message);
        yield return ("Reason", $"{error.Reason.ToName()}, said by {error.Origin.ToName()}");
        yield return ("Who acts", error.Acts.ToName());
        yield return ("What to do", error.Advice);
        yield return ("Beware", error.IsFateUnknown ? "the request was sent, and may have been carried out. It was not sent again: look first." : null);
        foreach (var line in Permissions(exception as ScmPermissionException).Concat(Provider(error.Provider)))
        {
            yield return line;
        }

        foreach (var complaint in error.ValidationErrors)
        {
            yield return ("Error", complaint);
        }

        yield return ("Where", error.FixUrl?.AbsoluteUri);
        yield return ("When", When(error));
        yield return ("Limit", error.Reason is ErrorReason.PrimaryRateLimit ? error.RateLimitResource : null);
        yield return ("Request id", error.RequestId);
        yield return ("Documentation", error.DocumentationUrl?.AbsoluteUri);
    }

    private static IEnumerable<(string Label, string? Text)> Permissions(ScmPermissionException? refused)
    {
        if (refused is { AcceptedPermissions.Count: > 0 })
        {
            yield return ("Accepted", string.Join("; or ", refused.AcceptedPermissions.Select(alternative => string.Join(" and ", alternative))));
        }

        if (refused?.GrantedPermissions is { } granted)
        {
            yield return ("Granted", granted.Count == 0 ? "nothing" : string.Join(", ", granted.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
            yield return ("Missing", (refused.AcceptedPermissions.Count, refused.MissingPermissions.Count) switch
            {
                (0, _) => null,
                (_, 0) => "no permission: the repository may not be selected for the installation, or the user lacks the role",
                _ => string.Join(" and ", refused.MissingPermissions),
            });
        }
    }

    private static IEnumerable<(string Label, string? Text)> Provider(ProviderAnswer? provider)
    {
        yield return ("Provider", provider is null ? null : $"{provider.Status?.ToString(CultureInfo.InvariantCulture) ?? "no status"} {provider.Code} {provider.Message}".TrimEnd());
        yield return ("Execution id", provider?.ExecutionId);
    }

    private static string When(ScmError error) => error.IsFateUnknown ? "again only after somebody has looked whether it was carried out" : error.RetryAt is { } at
        ? $"again from {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
        : error.IsTransient ? "again later" : "asking again does not help until somebody has acted";

    // Foreign words must not be able to write lines of their own, or to steer a terminal.
    private static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(letter => IsControl(letter) ? ' ' : letter));

    private static bool IsControl(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
